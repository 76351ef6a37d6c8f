from __future__ import annotations

from directory.choices import Joining
from directory.models import Group, Meeting
from directory.queries.memberships import is_full
from directory.queries.seats import is_full as is_full_date


def has_room(group: Group) -> bool:
    """Whether somebody can join now without waiting for a place."""
    return group.is_published and group.joining != Joining.JUST_COME and not is_full(group)


def has_free_place(meeting: Meeting) -> bool:
    """Whether somebody who is new can take a place at this date without joining."""
    group = meeting.group
    goes_ahead = not meeting.is_cancelled and not meeting.has_begun
    return (
        group.is_published
        and group.takes_single_dates
        and goes_ahead
        and not is_full_date(meeting, for_first_timer=True)
    )
