"""Fetch Bootstrap, htmx, Leaflet and an outline of the world from npm, into static/vendor.

Run by `make vendor`, seldom: after changing a version in
directory/static/vendor/versions.json or a part in deploy/bootstrap.scss. It
needs npm; what it writes is committed, so that nobody else does.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from outline import outline

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "directory" / "static" / "vendor"

# One stylesheet serves both directions: sides that follow the writing.
LOGICAL = [
    (r"\b(margin|padding)-left:", r"\1-inline-start:"),
    (r"\b(margin|padding)-right:", r"\1-inline-end:"),
    (r"\bborder-left(-\w+)?:", r"border-inline-start\1:"),
    (r"\bborder-right(-\w+)?:", r"border-inline-end\1:"),
    (r"\bborder-top-left-radius:", "border-start-start-radius:"),
    (r"\bborder-top-right-radius:", "border-start-end-radius:"),
    (r"\bborder-bottom-left-radius:", "border-end-start-radius:"),
    (r"\bborder-bottom-right-radius:", "border-end-end-radius:"),
    (r"\btext-align:left\b", "text-align:start"),
    (r"\btext-align:right\b", "text-align:end"),
    (r"\bclear:left\b", "clear:inline-start"),
    (r"\bfloat:left\b", "float:inline-start"),
    (r"\bfloat:right\b", "float:inline-end"),
]

WORLD = """\
The outline is cut from Natural Earth's countries at 1:50,000,000, which are in the public
domain, as the package world-atlas brings them; the package's own licence follows.
"""


def main() -> None:
    """Do it all, and say what is there now."""
    versions = json.loads((VENDOR / "versions.json").read_text())
    with tempfile.TemporaryDirectory(prefix="vendor-") as folder:
        work = Path(folder)
        install(versions, into=work)
        place_bootstrap(work)
        place_htmx(work)
        place_leaflet(work)
        place_outline(work)
    for path in sorted(VENDOR.rglob("*.*")):
        print(f"{path.stat().st_size:>8} {path.relative_to(ROOT)}")


def npm() -> str:
    """Return where npm is, or end with a sentence."""
    return shutil.which("npm") or sys.exit("vendor: npm is missing; install Node.js first.")


def install(versions: dict[str, str], *, into: Path) -> None:
    """Install the named versions, and nothing that runs code of its own."""
    names = [f"{name}@{version}" for name, version in versions.items()]
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"]
    subprocess.run([npm(), "install", *quiet, *names], cwd=into, check=True)


def place_bootstrap(work: Path) -> None:
    """Compile the parts of Bootstrap that deploy/bootstrap.scss names."""
    sass = [str(work / "node_modules/.bin/sass"), "--style=compressed"]
    sass += ["--no-source-map", "--quiet", f"--load-path={work / 'node_modules'}"]
    done = subprocess.run(
        [*sass, str(ROOT / "deploy/bootstrap.scss")],
        check=True,
        capture_output=True,
        text=True,
    )
    source = work / "node_modules/bootstrap"
    write("bootstrap/bootstrap.css", follow_the_writing(done.stdout))
    write("bootstrap/LICENSE.txt", (source / "LICENSE").read_text())


def place_htmx(work: Path) -> None:
    """Copy htmx as it comes, in its short form."""
    source = work / "node_modules/htmx.org"
    write("htmx/htmx.js", (source / "dist/htmx.min.js").read_text())
    write("htmx/LICENSE.txt", (source / "LICENSE").read_text())


def place_leaflet(work: Path) -> None:
    """Copy Leaflet without its pictures, which are for marks and controls that we do not use."""
    source = work / "node_modules/leaflet"
    css = re.sub(r"/\*.*?\*/", "", (source / "dist/leaflet.css").read_text(), flags=re.DOTALL)
    css = re.sub(r"[^{}]+\{[^{}]*\burl\([^{}]*\}", "", css)
    write("leaflet/leaflet.css", re.sub(r"\s*\n\s*", "\n", css).strip())
    write("leaflet/leaflet.js", (source / "dist/leaflet.js").read_text())
    write("leaflet/LICENSE.txt", (source / "LICENSE").read_text())


def place_outline(work: Path) -> None:
    """Cut the outline of the world's countries; Natural Earth's data are in the public domain."""
    source = work / "node_modules/world-atlas"
    topology = json.loads((source / "countries-50m.json").read_text())
    write("world/outline.json", outline(topology))
    write("world/LICENSE.txt", f"{WORLD}\n{(source / 'LICENSE').read_text()}")


def follow_the_writing(css: str) -> str:
    """Turn left and right into start and end."""
    for physical, logical in LOGICAL:
        css = re.sub(physical, logical, css)
    return css


def write(name: str, text: str) -> None:
    """Write a file without the source map it would point to, which is not here."""
    text = re.sub(r"\s*(//|/\*)[#@]\s*sourceMappingURL=[^\s*]*(\s*\*/)?", "", text)
    path = VENDOR / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.rstrip() + "\n")


if __name__ == "__main__":
    main()
