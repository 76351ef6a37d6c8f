"""What a secret is, and where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a secret is; `PHONE` and those before it open a room, the others reach a person."""

    LINK = "link"
    NUMBER = "number"
    PASSCODE = "passcode"
    DIAL_IN = "dial-in"
    NOTHING = "nothing"
    PHONE = "phone"
    EMAIL = "email"
    HANDLE = "handle"

    @property
    def is_personal(self) -> bool:
        """Whether it reaches a person rather than a room."""
        return self in (Kind.PHONE, Kind.EMAIL, Kind.HANDLE)


@dataclass(frozen=True, slots=True)
class Secret:
    """A stretch of text to hide: from `start` up to `end`, and what is in it."""

    start: int
    end: int
    kind: Kind
    value: str = ""


Found = Iterator[Secret]
