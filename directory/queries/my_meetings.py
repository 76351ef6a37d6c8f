from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q

from accounts.models import Person
from directory.choices import Format, MembershipState, SeatState
from directory.models import Group, Meeting, Membership, RoomWatch, Seat
from directory.models.meetings import MeetingQuerySet
from directory.text.spoken_times import spoken_date

# What somebody without a membership still sees of a date: a seat, or an offer that has run out.
SEEN = (*Seat.HELD, SeatState.EXPIRED)


@dataclass(frozen=True)
class MyMeeting:
    """One date of mine: the meeting, my seat at it and my membership of its group, if any.

    `row` is my seat whatever has become of it.
    """

    meeting: Meeting
    row: Seat | None
    membership: Membership | None

    @property
    def seat(self) -> Seat | None:
        """My seat, unless I gave it back or let an offer run out."""
        return self.row if self.state in Seat.HELD else None

    @property
    def state(self) -> str:
        """How it is with my seat at this moment; empty where I never had one."""
        if self.row is None:
            return ""
        if self.row.state == SeatState.OFFERED and not self.row.is_offered:
            return SeatState.EXPIRED
        return self.row.state

    @property
    def is_hybrid(self) -> bool:
        """Whether one says if one comes to the room or takes part from home."""
        return self.meeting.group.format == Format.HYBRID

    @property
    def comes_online(self) -> bool:
        """Whether I take part from home, or usually do."""
        if not self.is_hybrid:
            return False
        if self.row:
            return self.row.is_online
        return bool(self.membership and self.membership.comes_online)

    @property
    def may_bring_companion(self) -> bool:
        """Whether somebody could come along with me to the place that I have."""
        seat = self.seat
        return bool(
            seat
            and seat.is_confirmed
            and not seat.brings_companion
            and self.meeting.group.takes_companions
            and not self.comes_online
        )

    @property
    def spoken_start(self) -> str:
        """Tell the date in words."""
        return spoken_date(self.meeting.local_start.date())

    @property
    def spoken(self) -> str:
        """Tell date and group in words, for the names of buttons: two groups may share a day."""
        return f"{self.spoken_start}: {self.meeting.group.name}"


def meetings_open_to(person: Person) -> MeetingQuerySet:
    """Dates of groups that `person` is in, and those where `person` holds or waits for a place."""
    in_group = Membership.objects.active().filter(person=person).values("group")
    with_seat = Seat.objects.of(person).filter(state__in=SEEN).values("meeting")
    return Meeting.objects.filter(Q(group__in=in_group) | Q(id__in=with_seat))


def with_own(person: Person, meetings: MeetingQuerySet) -> list[MyMeeting]:
    """The same meetings, each with what is this person's own; three queries for any number."""
    found = meetings.for_listing().prefetch_related(
        Prefetch("seats", queryset=Seat.objects.of(person), to_attr="own_seats")
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
    """The next dates, soonest first, and later ones that would be missed: offers, single dates.

    Across all groups, or of one; cancelled and moved dates included. A member has a place at
    every date, so of the dates of one's own groups only those beyond `limit` are added for which
    a place is offered.
    """
    dates = meetings_open_to(person).coming(now)
    if group is not None:
        dates = dates.filter(group=group)
    own = Seat.objects.of(person)
    singles = own.held().filter(membership=None)
    offered = own.filter(state=SeatState.OFFERED)
    shown = (
        Q(id__in=dates.values("id")[:limit])
        | Q(id__in=singles.values("meeting"))
        | Q(id__in=offered.values("meeting"))
    )
    return with_own(person, dates.filter(shown))


def my_room_watches(person: Person) -> list[RoomWatch]:
    """Full groups of which the person wants to hear when there is room, by name."""
    watches = RoomWatch.objects.filter(person=person, group__in=Group.objects.all())
    return list(watches.select_related("group").order_by("group__name", "id"))
