from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, Q
from django.utils import timezone

from accounts.models import Person
from directory.choices import MembershipState
from directory.models import Group, Meeting, Membership, Seat
from directory.models.meetings import MeetingQuerySet
from directory.text.spoken_times import spoken_date


@dataclass(frozen=True)
class MyMeeting:
    """One date of mine: the meeting, my seat at it and my membership of its group, if any."""

    meeting: Meeting
    seat: Seat | None
    membership: Membership | None

    @property
    def has_begun(self) -> bool:
        """Whether the start has passed."""
        return self.meeting.starts_at <= timezone.now()

    @property
    def spoken_start(self) -> str:
        """Tell the date in words, for the names of buttons."""
        zone = ZoneInfo(self.meeting.time_zone)
        return spoken_date(self.meeting.starts_at.astimezone(zone).date())


def meetings_open_to(person: Person) -> MeetingQuerySet:
    """Dates of groups that `person` is in, and those where `person` holds or waits for a place."""
    in_group = Membership.objects.active().filter(person=person).values("group")
    with_seat = Seat.objects.of(person).held().values("meeting")
    return Meeting.objects.filter(Q(group__in=in_group) | Q(id__in=with_seat))


def with_own(person: Person, meetings: MeetingQuerySet) -> list[MyMeeting]:
    """The same meetings, each with what is this person's own; three queries for any number."""
    seats = Seat.objects.of(person).held()
    found = meetings.for_listing().prefetch_related(
        Prefetch("seats", queryset=seats, to_attr="own_seats")
    )
    memberships = {
        membership.group_id: membership
        for membership in Membership.objects.of(person).filter(state=MembershipState.ACTIVE)
    }
    return [
        MyMeeting(meeting, next(iter(meeting.own_seats), None), memberships.get(meeting.group_id))
        for meeting in found
    ]


def my_next_meetings(
    person: Person, *, now: datetime, limit: int, group: Group | None = None
) -> list[MyMeeting]:
    """The next dates, soonest first, and every later one at which the person holds a place.

    Across all groups, or of one; cancelled and moved dates included.
    """
    dates = meetings_open_to(person).coming(now)
    if group is not None:
        dates = dates.filter(group=group)
    held = Seat.objects.of(person).held().values("meeting")
    shown = Q(id__in=dates.values("id")[:limit]) | Q(id__in=held)
    return with_own(person, dates.filter(shown))
