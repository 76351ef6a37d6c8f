"""The words of the mails, one function a kind. Who is owed which is written by the actions."""

from directory.emails.batch import one_batch
from directory.emails.kinds import (
    CORRECTION_ANSWERED,
    CORRECTION_RECEIVED,
    INVITATION,
    MEETING_CANCELLED,
    MEETING_MOVED,
    MEMBERSHIP_PROMOTED,
    QUESTION_ANSWERED,
    QUESTION_RECEIVED,
    REMINDER,
    REMOVED,
    REQUEST_ACCEPTED,
    REQUEST_DECLINED,
    REQUEST_RECEIVED,
    ROOM_AGAIN,
    SEAT_OFFERED,
)
from directory.emails.rendering import render

__all__ = [
    "CORRECTION_ANSWERED",
    "CORRECTION_RECEIVED",
    "INVITATION",
    "MEETING_CANCELLED",
    "MEETING_MOVED",
    "MEMBERSHIP_PROMOTED",
    "QUESTION_ANSWERED",
    "QUESTION_RECEIVED",
    "REMINDER",
    "REMOVED",
    "REQUEST_ACCEPTED",
    "REQUEST_DECLINED",
    "REQUEST_RECEIVED",
    "ROOM_AGAIN",
    "SEAT_OFFERED",
    "one_batch",
    "render",
]
