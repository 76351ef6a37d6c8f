"""Reads the environment, and says everything that is missing in one message.

Imports no Django, since the settings are made from it.
"""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from psycopg.conninfo import conninfo_to_dict

KINDS = ("development", "test", "demo", "production")
TRUE_WORDS = ("1", "yes", "true", "on")
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}


class BadEnvironment(Exception):
    """The environment lacks something or holds something that cannot be used."""


class Environment:
    """The environment of one process, asked for by name.

    What production needs and does not find is collected, so that whoever
    sets up a site is told everything at once by `complain()`.
    """

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self.values = os.environ if values is None else values
        self.problems: list[str] = []
        self.kind = self.text("WAYMEET_ENV", "development")
        if self.kind not in KINDS:
            self.problems.append(f"WAYMEET_ENV is {self.kind!r}; it can be {', '.join(KINDS)}.")

    @property
    def is_production(self) -> bool:
        """Whether strangers can reach this process."""
        return self.kind == "production"

    def text(self, name: str, default: str = "") -> str:
        """Return the value of `name` without spaces around it."""
        return self.values.get(name, "").strip() or default

    def switch(self, name: str, *, default: bool = False) -> bool:
        """Return whether `name` is one of 1, yes, true, on."""
        value = self.text(name)
        return value.lower() in TRUE_WORDS if value else default

    def number(self, name: str, default: int) -> int:
        """Return the value of `name` as a whole number."""
        value = self.text(name, str(default))
        if value.isdecimal():
            return int(value)
        self.problems.append(f"{name} is {value!r}; it has to be a whole number.")
        return default

    def words(self, name: str) -> list[str]:
        """Return the value of `name` cut at commas."""
        return [word.strip() for word in self.text(name).split(",") if word.strip()]

    def tiles(self, name: str) -> str:
        """Return the pattern of addresses of a map's tiles, one server's alone, or nothing.

        One server, since its name goes into the Content-Security-Policy.
        """
        value = self.text(name)
        parts = urlsplit(value)
        is_server = parts.scheme == "https" and bool(parts.hostname) and "{" not in parts.netloc
        is_pattern = all(part in value for part in ("{z}", "{x}", "{y}"))
        # These would end a directive of the policy, and begin another.
        is_clean = not set(parts.netloc) & set(" ;,'\"@")
        if not value or (is_server and is_pattern and is_clean):
            return value
        self.problems.append(
            f"{name} is {value!r}; it has to look like "
            "https://tiles.example.org/{z}/{x}/{y}.png, and name one server."
        )
        return ""

    def needed(self, name: str, otherwise: str, *, for_what: str) -> str:
        """Return the value of `name`, which production cannot do without."""
        value = self.text(name)
        if not value and self.is_production:
            self.problems.append(f"{name} is missing: {for_what}.")
        return value or otherwise

    def complain(self) -> None:
        """Raise `BadEnvironment` naming each problem found so far."""
        if self.problems:
            raise BadEnvironment("\n  - ".join(["Waymeet cannot start:", *self.problems]))


def kept_secret(path: Path) -> str:
    """Return the secret in `path`, made at the first call and readable by its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text()


def database_from_url(url: str) -> dict[str, Any]:
    """Return Django's settings for a PostgreSQL address as libpq reads it.

    Several hosts are allowed (`postgresql://user:word@one,two/name`); libpq then
    takes the first that answers and can be written to.
    """
    parts = conninfo_to_dict(url)
    settings: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", "") or "postgres",
    }
    for name in ("host", "port", "user", "password"):
        settings[name.upper()] = str(parts.pop(name, "") or "")
    if "," in str(settings["HOST"]):
        parts.setdefault("target_session_attrs", "read-write")
    parts.setdefault("connect_timeout", 5)
    settings["OPTIONS"] = dict(parts)
    return settings


def mail_from_url(url: str) -> dict[str, object]:
    """Return Django's mail settings for `smtp+tls://user:word@host:port`.

    `smtp` sends in the clear, `smtp+tls` starts with STARTTLS, `smtp+ssl` with TLS.
    """
    parts = urlsplit(url)
    if parts.scheme not in MAIL_PORTS or not parts.hostname:
        raise BadEnvironment(
            "MAIL_URL has to look like smtp+tls://user:password@mail.example.org:587"
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or MAIL_PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtp+ssl",
        "EMAIL_TIMEOUT": int(dict(parse_qsl(parts.query)).get("timeout", 10)),
    }
