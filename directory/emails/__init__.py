"""The words of the mails. Which person is owed which mail is written down by the actions."""

from directory.emails.kinds import (
    INVITATION,
    MEETING_CANCELLED,
    MEETING_MOVED,
    MEMBERSHIP_PROMOTED,
    REMOVED,
    REQUEST_ACCEPTED,
    REQUEST_DECLINED,
    REQUEST_RECEIVED,
    SEAT_CONFIRMED,
)

__all__ = [
    "INVITATION",
    "MEETING_CANCELLED",
    "MEETING_MOVED",
    "MEMBERSHIP_PROMOTED",
    "REMOVED",
    "REQUEST_ACCEPTED",
    "REQUEST_DECLINED",
    "REQUEST_RECEIVED",
    "SEAT_CONFIRMED",
]
