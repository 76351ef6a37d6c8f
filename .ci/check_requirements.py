"""Says where the locked requirements do not fit pyproject.toml. Needs no network."""

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)(.*)$", re.MULTILINE)
# An address in a lock would tie it to one host.
ADDRESS = re.compile(r"^(?:--(?:extra-)?index-url|--find-links|-i)\b|https?://", re.MULTILINE)


def main() -> None:
    """End with one line for each thing that does not fit."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = project["project"]["dependencies"]
    for_development = project["dependency-groups"]["dev"]
    served = locked("requirements.txt")
    developed = locked("requirements-dev.txt")
    problems = [
        *misfits(wanted, served, "requirements.txt"),
        *misfits([*wanted, *for_development], developed, "requirements-dev.txt"),
        *(
            f"{name} is {version} in requirements.txt and {developed.get(name)} for development"
            for name, version in served.items()
            if developed.get(name) != version
        ),
    ]
    if problems:
        sys.exit("\n".join([*problems, "Run `make lock`."]))


def locked(file: str) -> dict[str, str]:
    """Return the versions that `file` pins."""
    text = (ROOT / file).read_text()
    if ADDRESS.search(text):
        sys.exit(f"{file} names a host: run `make lock`.")
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)
    for block in blocks:
        if PINNED.match(block) and "--hash=sha256:" not in block:
            sys.exit(f"{file}: {block.split()[0]} has no hash: run `make lock`.")
    return {canonicalize_name(name): version for name, version, _rest in PINNED.findall(text)}


def misfits(wanted: list[str], have: dict[str, str], file: str) -> list[str]:
    """Name the requirements that `have` does not meet."""
    problems = []
    for requirement in map(Requirement, wanted):
        version = have.get(canonicalize_name(requirement.name))
        if version is None:
            problems.append(f"{file}: {requirement.name} is missing")
        elif version not in requirement.specifier:
            problems.append(f"{file}: {requirement.name} {version} is not {requirement.specifier}")
    return problems


if __name__ == "__main__":
    main()
