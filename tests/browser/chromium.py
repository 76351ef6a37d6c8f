"""Finds the Chromium that the browser tests run in.

BROWSER says how much it matters: `skip` does without, `required` makes a missing one an
error; unset, the tests are skipped with the reason. CHROMIUM names the program itself.

`python -m tests.browser.chromium` says what was found; as root on Debian it installs one.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APT = ("apt-get", "-o", "DPkg::Lock::Timeout=120", "-qq", "-y")
# As root there is no sandbox; nothing here goes out to the network by itself.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    # No process kept in reserve for a page that no test opens.
    "--renderer-process-limit=1",
)


def find() -> str | None:
    """Return the path of a Chromium, or None."""
    named = os.environ.get("CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


def why_not() -> str | None:
    """Return why the browser tests cannot run, or None when they can."""
    if os.environ.get("BROWSER") == "skip":
        return "BROWSER=skip"
    if find() is None:
        return "no Chromium here: install one, or name it with CHROMIUM=/path/to/chromium"
    return None


def install() -> None:
    """Install Debian's Chromium."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "--no-install-recommends", "chromium"]):
        done = subprocess.run(
            [*APT, *words],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            print(f"It could not be installed: {done.stderr.strip().splitlines()[-1:]}")
            return


def can_install() -> bool:
    """Return whether this is root on a Debian (or one of its kind)."""
    return os.geteuid() == 0 and Path("/etc/debian_version").exists()


def main() -> None:
    """Say whether the browser tests will run; end with an error where they have to."""
    if why_not() and os.environ.get("BROWSER") != "skip" and can_install():
        print("No Chromium found: installing Debian's (apt-get install chromium) …", flush=True)
        install()
    reason = why_not()
    if reason and os.environ.get("BROWSER") == "required":
        sys.exit(f"The browser tests cannot run: {reason}.")
    print(f"Browser tests: {f'skipped, {reason}' if reason else find()}", flush=True)


if __name__ == "__main__":
    main()
