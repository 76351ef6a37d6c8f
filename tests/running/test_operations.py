import pytest
from django.db import InterfaceError, OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from directory.views import operations


class LockNotAvailable(Exception):
    sqlstate = "55P03"


@pytest.fixture
def worker(db):
    """A worker that noted a moment ago that it is alive."""
    with connection.cursor() as cursor:
        cursor.execute("insert into procrastinate_workers (last_heartbeat) values (now())")


def test_healthz_needs_no_database(client):
    assert client.get("/healthz").content == b"ok\n"


def test_readyz_is_content_when_all_is_there(client, worker):
    response = client.get("/readyz")
    assert response.json() == {"database": True, "migrations": True, "worker": True}
    assert response.status_code == 200


def test_readyz_misses_a_worker(client, db):
    response = client.get("/readyz")
    assert response.json() == {"database": True, "migrations": True, "worker": False}
    assert response.status_code == 503


def test_readyz_misses_a_worker_that_fell_silent(client, worker):
    with connection.cursor() as cursor:
        silent_since = timezone.now() - timezone.timedelta(seconds=61)
        cursor.execute("update procrastinate_workers set last_heartbeat = %s", [silent_since])
    assert client.get("/readyz").json()["worker"] is False


def test_readyz_misses_a_migration(client, worker):
    MigrationRecorder(connection).record_unapplied("accounts", "0001_people_outbox_audit")
    response = client.get("/readyz")
    assert response.json() == {"database": True, "migrations": False, "worker": False}


def test_readyz_misses_the_database(client, monkeypatch):
    def fail():
        raise OperationalError("no route to host")

    monkeypatch.setattr(operations, "database_answers", fail)
    response = client.get("/readyz")
    assert response.json() == {"database": False, "migrations": False, "worker": False}
    assert response.status_code == 503


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_they_are_only_read(client, db, path):
    assert client.post(path).status_code == 405


def answer_to(error, request):
    try:
        raise error
    except type(error):
        return operations.server_error(request)


def locked_by_somebody_else():
    error = OperationalError("canceling statement due to lock timeout")
    error.__cause__ = LockNotAvailable()
    return error


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (OperationalError("connection refused"), 503, "This site cannot reach its database"),
        (InterfaceError("connection already closed"), 503, "This site cannot reach its database"),
        (locked_by_somebody_else(), 503, "Please try again"),
        (ValueError("a mistake"), 500, "Something went wrong"),
    ],
)
def test_a_page_that_fails_says_what_helps(rf, error, status, words):
    response = answer_to(error, rf.get("/"))
    assert response.status_code == status
    assert f"<h1>{words}</h1>" in response.content.decode()
    assert response.has_header("Retry-After") == (status == 503)


@pytest.mark.parametrize("path", ["/safety/", "/groups/", "/me/", "/no-such-page/"])
def test_without_a_database_every_page_says_so(client, monkeypatch, path):
    def fail(_connection):
        raise OperationalError("connection refused")

    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", fail)
    client.raise_request_exception = False
    client.cookies["session"] = "a" * 32
    response = client.get(path)
    assert response.status_code == 503
    assert "cannot reach its database" in response.content.decode()
    assert response["Cache-Control"] == "no-store, private"
