import logging

import pytest

from config.logs import PrivateFormatter, without_private_parts


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("mail to ben.o+x@mail.example.org failed", "mail to (address) failed"),
        ('"GET /groups/?q=alcohol&near=51.5,-0.1 HTTP/1.1" 200', '"GET /groups/ HTTP/1.1" 200'),
        (
            "Not Found: /calendar/Zk3vQ0b9sT7yXw2LrE5aPd.ics",
            "Not Found: /calendar/(token).ics",
        ),
        ("Not Found: /calendar/short,ics", "Not Found: /calendar/(token)"),
        ("Not Found: /calendar/a b.ics", "Not Found: /calendar/(token) b.ics"),
        ("Not Found: /groups/grief/calendar.ics", "Not Found: /groups/grief/calendar.ics"),
        (
            "Forbidden: /facilitate/invitations/eyJhIjoxfQ:1vZ0aB:c0ffeeC0FFEEc0ffee-_x/",
            "Forbidden: /facilitate/invitations/(token)/",
        ),
        (
            "Not Found: /meetings/8f14e45f-ceea-467f-a9d3-0c1b2a3d4e5f/",
            "Not Found: /meetings/8f14e45f-ceea-467f-a9d3-0c1b2a3d4e5f/",
        ),
        ("Are you there? Yes.", "Are you there? Yes."),
        (
            "duplicate key\nDETAIL:  Key (display_name)=(Bluebird) exists.\nmore",
            "duplicate key\nDETAIL: (left out)\nmore",
        ),
    ],
)
def test_what_would_give_somebody_away_is_left_out(line, written):
    assert without_private_parts(line) == written


def test_a_traceback_is_held_to_it_too():
    with pytest.raises(ValueError, match="ben@") as raised:
        int("ben@example.org")
    found = (raised.type, raised.value, raised.tb)
    record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "for %s", ("ben@a.org",), found)
    written = PrivateFormatter("{message}", style="{").format(record)
    assert written.startswith("for (address)\nTraceback")
    assert written.endswith("invalid literal for int() with base 10: '(address)'")
