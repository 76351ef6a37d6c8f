"""What a secret is, and where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a secret is: it opens a room online, reaches a person, or opens a door."""

    LINK = "link"
    NUMBER = "number"
    PASSCODE = "passcode"
    DIAL_IN = "dial-in"
    NOTHING = "nothing"
    PHONE = "phone"
    EMAIL = "email"
    HANDLE = "handle"
    DOOR = "door"

    @property
    def is_personal(self) -> bool:
        """Whether it is for the organisation, and not for whoever takes part online."""
        return self in (Kind.PHONE, Kind.EMAIL, Kind.HANDLE, Kind.DOOR)


@dataclass(frozen=True, slots=True)
class Secret:
    """A stretch of text to hide: from `start` up to `end`, and what is in it."""

    start: int
    end: int
    kind: Kind
    value: str = ""


Found = Iterator[Secret]
