"""What is passed along while one row is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from directory.exchange.rooms import Secrets
from directory.exchange.types import ReadTypes
from directory.listings import Defaults


class RowRefused(Exception):
    """Raised while a row is read; the text is the reason."""


@dataclass(slots=True)
class Reading:
    """A row, with the secrets and remarks gathered so far."""

    row: Mapping[str, Any]
    defaults: Defaults
    types: ReadTypes
    secrets: Secrets = field(default_factory=Secrets)
    remarks: list[str] = field(default_factory=list)

    def remark(self, sentence: str, **words: object) -> None:
        """Note a sentence for whoever imports."""
        self.remarks.append(sentence % words if words else sentence)

    def public(self, text: str, *, online: bool = False) -> str:
        """Return text of several lines without secrets, which are kept."""
        return self.secrets.redact(text, online=online)

    def public_line(self, text: str) -> str:
        """Return text of one line without secrets, which are kept."""
        return " ".join(self.secrets.redact(text, online=False).split())
