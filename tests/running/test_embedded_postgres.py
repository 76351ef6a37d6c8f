import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from config import embedded_postgres, postgres_cluster, unprivileged
from config.embedded_postgres import CannotStart, leave, running_server

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="says what happens as root")
OTHER_PROCESS = """
import sys, time
from pathlib import Path
from config.embedded_postgres import running_server
print(running_server(Path(sys.argv[1])).pid(), flush=True)
time.sleep(60)
"""


@pytest.fixture(scope="module")
def place():
    """A folder that the server's user can pass through."""
    with tempfile.TemporaryDirectory(prefix="waymeet-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o711)
        yield Path(name)


@pytest.fixture
def folder(place):
    """The folder of a server that is stopped after each test; its data are made once."""
    yield place / "postgres"
    leave(place / "postgres")


@pytest.fixture
def other_process(folder):
    """Starts other users of the same server, and kills them in the end."""
    started = []

    def start():
        command = [sys.executable, "-c", OTHER_PROCESS, str(folder)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def eventually(is_so, seconds=10):
    until = time.monotonic() + seconds
    while not is_so() and time.monotonic() < until:
        time.sleep(0.02)
    return is_so()


def value(server, query):
    with server.connect() as connection:
        return connection.execute(query).fetchone()[0]


def test_it_answers_and_reads_quoted_words(folder):
    server = running_server(folder)
    words = value(server, "select to_tsvector('english', '“quoted” words')::text")
    assert words == "'quot':1 'word':2"


def test_its_locale_does_not_depend_on_the_machine(folder):
    server = running_server(folder)
    query = (
        "select concat(datlocprovider, ' ', datlocale) from pg_database where datname = 'waymeet'"
    )
    assert value(server, query) == "b C.UTF-8"


def test_asked_again_it_is_the_same_at_once(folder):
    server = running_server(folder)
    began = time.monotonic()
    assert running_server(folder) is server
    assert time.monotonic() - began < 0.01


def test_its_address_is_one_that_libpq_takes(folder):
    with psycopg.connect(running_server(folder).url()) as connection:
        assert connection.info.dbname == "waymeet"


def test_it_listens_to_no_network(folder):
    assert value(running_server(folder), "show listen_addresses") == ""


def test_processes_that_start_it_at_once_share_one(folder, other_process):
    processes = [other_process() for _ in range(3)]
    pids = {int(process.stdout.readline()) for process in processes}
    assert pids == {running_server(folder).pid()}


def test_leaving_stops_it(folder):
    server = running_server(folder)
    assert leave(folder)
    assert server.pid() is None


def test_leaving_lets_others_go_on(folder, other_process):
    other_process().stdout.readline()
    server = running_server(folder)
    assert not leave(folder)
    assert value(server, "select 1") == 1


def test_it_stops_when_its_last_user_was_killed(folder, other_process):
    process = other_process()
    process.stdout.readline()
    server = postgres_cluster.Cluster.at(folder)
    assert server.pid() is not None
    process.kill()
    assert eventually(lambda: server.pid() is None)


def test_a_pid_that_went_to_another_process_is_no_server_and_lives_on(folder):
    server = running_server(folder)
    leave(folder)
    bystander = subprocess.Popen(["sleep", "60"])
    (server.data / "postmaster.pid").write_text(f"{bystander.pid}\n{server.data}\n")
    assert value(running_server(folder), "select 1") == 1
    assert bystander.poll() is None
    bystander.kill()
    bystander.wait()


def test_a_killed_server_is_started_again(folder, other_process):
    process = other_process()
    os.kill(int(process.stdout.readline()), signal.SIGKILL)
    assert value(running_server(folder), "select 1") == 1


def test_a_socket_that_was_tidied_away_comes_back(folder):
    server = running_server(folder)
    server.socket.unlink()
    assert value(running_server(folder), "select 1") == 1


def test_a_long_path_gets_a_short_socket(place):
    folder = place / ("long" * 30)
    server = running_server(folder)
    assert len(str(server.socket)) < postgres_cluster.LONGEST_SOCKET_PATH
    assert value(server, "select 1") == 1
    leave(folder)
    assert not server.socket_folder.exists()


def test_somebody_elses_socket_folder_is_not_used(place):
    folder = place / ("other" * 30)
    server = postgres_cluster.Cluster.at(folder)
    server.socket_folder.mkdir(mode=0o777)
    server.socket_folder.chmod(0o777)
    with pytest.raises(CannotStart, match="is not ours"):
        running_server(folder)
    leave(folder)
    server.socket_folder.rmdir()


@AS_ROOT
def test_as_root_it_runs_as_somebody_else(folder):
    server = running_server(folder)
    assert Path("/proc", str(server.pid())).stat().st_uid == server.data.stat().st_uid != 0
    assert server.data.stat().st_mode & 0o077 == 0


@AS_ROOT
def test_as_root_what_cannot_be_reached_is_put_elsewhere(place, monkeypatch, capfd):
    hidden = place / "home-of-root"
    hidden.mkdir(mode=0o700)
    package = hidden / postgres_cluster.PACKAGE
    subprocess.run(["cp", "-r", postgres_cluster.installed_package(), package], check=True)
    libraries = f"{postgres_cluster.PACKAGE}.libs"
    original = postgres_cluster.installed_package().parent / libraries
    subprocess.run(["cp", "-r", original, hidden / libraries], check=True)
    monkeypatch.setattr(postgres_cluster, "installed_package", lambda: package)
    monkeypatch.setattr(unprivileged, "ROOTS_OWN_PLACES", (place / "elsewhere",))
    server = running_server(hidden / "postgres")
    assert server.data.is_relative_to(place / "elsewhere")
    assert server.programs.is_relative_to(place / "elsewhere")
    assert str(server.data) in capfd.readouterr().err
    assert hidden.stat().st_mode & 0o777 == 0o700
    leave(hidden / "postgres")


def test_data_of_another_version_are_left_alone(folder):
    server = running_server(folder)
    leave(folder)
    version = server.data / "PG_VERSION"
    version.write_text("9\n")
    with pytest.raises(CannotStart, match="was made by PostgreSQL 9"):
        running_server(folder)
    version.write_text("18\n")


def test_without_the_wheel_a_sentence_says_what_to_do(folder, monkeypatch):
    monkeypatch.setattr(postgres_cluster, "PACKAGE", "no_such_package")
    with pytest.raises(CannotStart, match="set DATABASE_URL to a PostgreSQL server"):
        running_server(folder)


def test_on_windows_a_sentence_says_what_to_do(folder, monkeypatch):
    monkeypatch.setattr(embedded_postgres, "fcntl", None)
    with pytest.raises(CannotStart, match="use WSL"):
        running_server(folder)


def test_options_reach_the_server_and_the_folder_goes_with_its_last_user(place):
    folder = place / "for-one-run"
    server = running_server(folder, options=("fsync=off",), remove_afterwards=True)
    assert value(server, "show fsync") == "off"
    leave(folder)
    assert eventually(lambda: not folder.exists())
