"""Log lines from which nobody learns who is in a group."""

import logging
import re
from typing import Any

EMAIL_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
QUERY = re.compile(r"(?<=\S)\?\S+")
UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
TOKEN = re.compile(
    rf"(?<=/)(?!{UUID}(?:[/\s\"']|$))[\w:=-]{{22,}}(?:\.[\w:=-]{{5,}})*(?=[./\s\"']|$)"
)
# The address of somebody's own calendar, also where it was cut short or has something behind it.
CALENDAR = re.compile(r"(?<=/calendar/)(?!\(token\))[^\s\"']+?(?=\.ics(?![^\s\"'])|[\s\"']|$)")
# PostgreSQL repeats the offending row after these words.
ROW_DETAIL = re.compile(r"^(?:DETAIL|CONTEXT|PARAMETERS):.*$", re.MULTILINE)
# It shows the place in a statement, and statements hold what people search for.
STATEMENT = re.compile(r"^LINE \d+:.*$", re.MULTILINE)
# And it repeats a value that it cannot read.
BAD_VALUE = re.compile(r"((?:in tsquery|invalid [\w ]+ (?:type|for) [\w ]+): )\"[^\n]*\"")


def without_private_parts(line: str) -> str:
    """Return `line` without what would tell of somebody.

    That is e-mail addresses, query strings, tokens in paths, and what the database repeats of
    rows, statements and values.
    """
    line = ROW_DETAIL.sub("DETAIL: (left out)", line)
    line = STATEMENT.sub("LINE: (left out)", line)
    line = BAD_VALUE.sub(r"\1(left out)", line)
    line = QUERY.sub("", line)
    line = TOKEN.sub("(token)", line)
    line = CALENDAR.sub("(token)", line)
    return EMAIL_ADDRESS.sub("(address)", line)


class PrivateFormatter(logging.Formatter):
    """Formats as usual, tracebacks included, and then takes out what is private."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line that is written for `record`."""
        return without_private_parts(super().format(record))


def logging_settings(level: str) -> dict[str, Any]:
    """Return Django's LOGGING: everything to the screen, through `PrivateFormatter`."""
    to_screen = {"handlers": ["screen"], "level": level, "propagate": False}
    # At DEBUG they would write each statement, and all that a page shows.
    no_details = {"level": "WARNING"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "private": {
                "()": PrivateFormatter,
                "format": "{asctime} {levelname} {name}: {message}",
                "style": "{",
            }
        },
        "handlers": {"screen": {"class": "logging.StreamHandler", "formatter": "private"}},
        "root": {"handlers": ["screen"], "level": "WARNING"},
        "loggers": {
            **dict.fromkeys(("accounts", "directory", "django", "django.server"), to_screen),
            **dict.fromkeys(("django.db.backends", "django.template"), no_details),
        },
    }
