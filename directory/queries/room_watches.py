from __future__ import annotations

from django.utils import timezone

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
    takes_single_dates = group.joining == Joining.SIGN_UP and group.allows_single_dates
    goes_ahead = not meeting.is_cancelled and meeting.starts_at > timezone.now()
    return (
        group.is_published
        and takes_single_dates
        and goes_ahead
        and not is_full_date(meeting, for_first_timer=True)
    )
