"""What somebody searched for says something of their health: no log and no error page keeps it."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client

from config.logs import PrivateFormatter, logging_settings
from directory.queries.search import matching
from directory.queries.search.words import AskedQuery

pytestmark = pytest.mark.django_db
PLANTED = "plantedword"
PAGES = ["/groups/", "/meetings/", "/es/groups/", "/no-such-page/"]


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """All that any logger says, at any level, as production would write it."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(PrivateFormatter("{name}: {message}", style="{"))
    loggers = [logging.getLogger(), *(logging.getLogger(name) for name in ("django", "directory"))]
    for logger in loggers:
        logger.addHandler(handler)
    yield text
    for logger in loggers:
        logger.removeHandler(handler)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_works_says_nothing(page: str, written: io.StringIO) -> None:
    logging.getLogger("django").setLevel(logging.DEBUG)
    Client().get(page, {"q": PLANTED, "place": PLANTED})
    assert PLANTED not in written.getvalue()


@pytest.mark.parametrize("page", ["/groups/", "/meetings/"])
def test_an_error_tells_where_but_not_what_was_asked(
    page: str, written: io.StringIO, monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    def broken(words: str) -> AskedQuery:
        return AskedQuery("to_tsquery(%s)", (f"{words} (",))

    monkeypatch.setattr(matching, "asked_query", broken)
    answer = Client(raise_request_exception=False).get(page, {"q": PLANTED})
    assert answer.status_code == 500
    assert PLANTED not in answer.content.decode()
    said = written.getvalue()
    assert f"Internal Server Error: {page}" in said
    assert "syntax error in tsquery: (left out)" in said
    assert PLANTED not in said


def test_an_error_in_a_statement_does_not_show_the_statement(written: io.StringIO) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT nothing_of_this_name, '{PLANTED}'")
    except Exception:
        logging.getLogger("directory").exception("failed")
    said = written.getvalue()
    assert "nothing_of_this_name" in said
    assert PLANTED not in said


@pytest.mark.parametrize("name", ["django.db.backends", "django.template"])
def test_statements_and_contexts_are_not_written_at_any_level(name: str) -> None:
    assert logging_settings("DEBUG")["loggers"][name] == {"level": "WARNING"}
    assert not logging.getLogger(name).isEnabledFor(logging.DEBUG)
