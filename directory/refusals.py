from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Refusal:
    """Why something may not be done: a word for programs, a kind sentence for people."""

    code: str
    message: str | Promise

    def __str__(self) -> str:
        return str(self.message)


class Refused(Exception):
    """Raised by an action whose rule said no; the view shows the sentence."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


def refuse_if(refusal: Refusal | None) -> None:
    """Raise Refused when a rule returned a refusal."""
    if refusal is not None:
        raise Refused(refusal)
