"""Which user PostgreSQL runs as, since it refuses to run as root, and what that user can reach.

Imports no Django. Folders above ours are never opened to anybody.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

# Debian's own user for a database server is taken last: its home may hold a real one.
PREFERRED_USERS = ("nobody", "daemon", "postgres")
ROOTS_OWN_PLACES = (Path("/var/lib/waymeet"), Path(tempfile.gettempdir()) / "waymeet-of-root")


@dataclass(frozen=True)
class ServerUser:
    """Whom the server's processes belong to; without a name, to whoever starts them."""

    uid: int
    gid: int
    name: str = ""

    def for_subprocess(self) -> dict[str, object]:
        """Return the arguments that make `subprocess` switch to this user."""
        if not self.name:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can(self, test: str, path: Path) -> bool:
        """Return whether this user passes `test` (an option of test(1)) on `path`."""
        try:
            command = ["/bin/sh", "-c", f'test {test} "$1"', "sh", str(path)]
            done = subprocess.run(  # type: ignore[call-overload]
                command, cwd="/", check=False, **self.for_subprocess()
            )
        except PermissionError:
            # A container without the right to change users.
            return False
        return bool(done.returncode == 0)

    def make_folder(self, path: Path) -> None:
        """Make `path` a folder that this user alone can enter, unless it is there."""
        path.mkdir(mode=0o700, exist_ok=True)
        if self.name:
            os.chown(path, self.uid, self.gid)


def server_user(data: Path) -> ServerUser | None:
    """Return the user to run the server on `data` as, or None when root finds nobody."""
    if os.geteuid() != 0:
        return ServerUser(os.geteuid(), os.getegid())
    if data.exists() and (uid := data.stat().st_uid):
        # The data are somebody's already, perhaps an ordinary user's of the same checkout.
        return ServerUser(uid, data.stat().st_gid, name_of(uid))
    known = {entry.pw_name: entry for entry in pwd.getpwall() if entry.pw_uid}
    for name in (*PREFERRED_USERS, *known):
        if entry := known.get(name):
            return ServerUser(entry.pw_uid, entry.pw_gid, name)
    return None


def name_of(uid: int) -> str:
    """Return the name of user `uid`, or the number where it has none."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def reachable_home(wanted: Path, user: ServerUser) -> Path:
    """Return `wanted`, or for root a folder of its own that `user` can pass through.

    Raises OSError when there is none.
    """
    if not user.name:
        wanted.mkdir(mode=0o700, parents=True, exist_ok=True)
        return wanted
    wanted.mkdir(mode=0o755, parents=True, exist_ok=True)
    if user.can("-x", wanted):
        return wanted
    name = hashlib.sha256(str(wanted).encode()).hexdigest()[:12]
    for place in ROOTS_OWN_PLACES:
        home = place / name
        try:
            home.mkdir(mode=0o755, parents=True, exist_ok=True)
        except OSError:
            continue
        # In a shared temporary folder somebody else could have been here first.
        if place.stat().st_uid == 0 and not place.is_symlink() and user.can("-x", home):
            return home
    raise OSError(f"no folder found that the user {user.name} can reach")


def reachable_binaries(installed: Path, home: Path, user: ServerUser) -> Path:
    """Return the folder with PostgreSQL's programs, copied into `home` where `user` needs it.

    `installed` is the folder of the wheel; its programs look for their libraries beside it.
    """
    programs = Path("pginstall18", "bin")
    if not user.name or user.can("-x", installed / programs / "postgres"):
        return installed / programs
    copy = home / "programs"
    if not copy.exists():
        unfinished = home / f"programs.{os.getpid()}"
        libraries = f"{installed.name}.libs"
        kept = unfinished / installed.name / "pginstall18"
        shutil.copytree(installed / "pginstall18", kept, symlinks=True)
        if (installed.parent / libraries).exists():
            shutil.copytree(installed.parent / libraries, unfinished / libraries)
        unfinished.rename(copy)
    return copy / installed.name / programs
