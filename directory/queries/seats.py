from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import Person
from directory.choices import Format, MeetingStatus, SeatState
from directory.models import Meeting, Seat
from directory.models.seats import SeatQuerySet

# So long before the start nothing is held for anybody any more: free places are open to all.
OPEN_TO_ALL = timedelta(hours=2)

# All that is taken of a pool of places, in one statement: it runs after the date is locked, and so
# sees what everybody before us wrote. It names one table, or PostgreSQL would plan for longer than
# it counts.
ROOM = f"""
SELECT
    coalesce(sum(seat.places) FILTER (WHERE seat.takes_room AND seat.is_first), 0),
    coalesce(sum(seat.places) FILTER (WHERE seat.takes_room AND NOT seat.is_first), 0),
    count(*) FILTER (WHERE seat.state = '{SeatState.WAITING.value}' AND seat.is_first),
    count(*) FILTER (WHERE seat.state = '{SeatState.WAITING.value}' AND NOT seat.is_first),
    count(*) FILTER (WHERE seat.state = '{SeatState.OFFERED.value}' AND NOT seat.takes_room)
FROM (
    SELECT one.state, 1 + one.brings_companion::int AS places,
        one.state = '{SeatState.CONFIRMED.value}'
            OR one.state = '{SeatState.OFFERED.value}' AND one.offer_expires_at > %(now)s
            AS takes_room,
        {{is_first}} AS is_first
    FROM directory_seat AS one
    WHERE one.meeting_id = %(meeting)s
      AND one.state IN ('{SeatState.CONFIRMED.value}', '{SeatState.OFFERED.value}',
        '{SeatState.WAITING.value}')
      AND (%(is_online)s IS NULL OR one.is_online = %(is_online)s)
    OFFSET 0
) AS seat
"""  # noqa: S608 (made of our own words only)


def had_earlier_place(*, person: str, group: str, starts_at: str) -> str:
    """Return SQL that is true of who has, or had, a place at an earlier date of the group.

    One that is held for them counts; dates that were cancelled do not. The parts are SQL; `now`
    is a value of the statement. `earlier_places` asks the same by Django.
    """
    return f"""EXISTS (
            SELECT FROM directory_seat AS earlier
            JOIN directory_meeting AS before ON before.id = earlier.meeting_id
            WHERE earlier.person_id = {person}
              AND (earlier.state = '{SeatState.CONFIRMED.value}'
                OR earlier.state = '{SeatState.OFFERED.value}'
                  AND earlier.offer_expires_at > %(now)s)
              AND before.group_id = {group} AND before.starts_at < {starts_at}
              AND before.status = '{MeetingStatus.SCHEDULED.value}')"""


IS_FIRST = "NOT " + had_earlier_place(
    person="one.person_id", group="%(group)s", starts_at="%(starts_at)s"
)
# Where no places are kept for first-timers, it is nobody's business who is one.
ROOM_WITH_NONE_KEPT, ROOM_WITH_SOME_KEPT = (ROOM.format(is_first=it) for it in ("false", IS_FIRST))


@dataclass(frozen=True)
class Room:
    """One pool of places at a date: how many there are, and what takes them or waits for them.

    `kept` of the places are for first-timers only. A companion takes a place too.
    """

    capacity: int | None
    kept: int = 0
    by_first_timers: int = 0
    by_others: int = 0
    first_timers_waiting: int = 0
    others_waiting: int = 0
    offers_run_out: int = 0

    @property
    def taken(self) -> int:
        """Places that are taken, or held by an offer."""
        return self.by_first_timers + self.by_others

    @property
    def kept_hours(self) -> int:
        """So many hours before the start the kept places are for all."""
        return kept_places_hours()

    @property
    def waiting(self) -> int:
        """How many people wait."""
        return self.first_timers_waiting + self.others_waiting

    @property
    def has_any(self) -> bool:
        """Whether any place is free, for whomever it is."""
        return self.left(for_first_timer=True) != 0

    def left(self, *, for_first_timer: bool = False) -> int | None:
        """Places free for somebody of this kind, never below 0; None where no number is named."""
        if self.capacity is None:
            return None
        held = self.by_first_timers if for_first_timer else max(self.kept, self.by_first_timers)
        return max(0, self.capacity - held - self.by_others)

    def fits(self, places: int, *, is_first_timer: bool) -> bool:
        """Whether so many places are free for somebody of this kind, whoever else waits."""
        left = self.left(for_first_timer=is_first_timer)
        return left is None or left >= places

    def is_kept_for(self, places: int, *, is_first_timer: bool) -> bool:
        """Whether these places are of those for first-timers, for which nobody else waits."""
        return is_first_timer and self.by_first_timers + places <= self.kept

    def with_taken(self, places: int, *, is_first_timer: bool) -> Room:
        """The same room after somebody took so many places."""
        if is_first_timer:
            return replace(self, by_first_timers=self.by_first_timers + places)
        return replace(self, by_others=self.by_others + places)


def room_of(meeting: Meeting, *, is_online: bool = False, now: datetime | None = None) -> Room:
    """Read one pool of a date, as it is at this moment; one query.

    The numbers of places are those of the meeting and its group as they were read.
    """
    now = now or timezone.now()
    is_apart = has_two_pools(meeting)
    is_kept = meeting.starts_at > kept_until(now) and not (is_apart and is_online)
    kept = meeting.group.first_timer_places if is_kept else 0
    values: dict[str, Any] = {
        "meeting": meeting.pk,
        "group": meeting.group_id,
        "starts_at": meeting.starts_at,
        "is_online": is_online if is_apart else None,
        "now": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(ROOM_WITH_SOME_KEPT if kept else ROOM_WITH_NONE_KEPT, values)
        return Room(capacity_of(meeting, is_online=is_online), kept, *cursor.fetchone())


def has_two_pools(meeting: Meeting) -> bool:
    """Whether those who take part from home are counted apart."""
    return meeting.group.format == Format.HYBRID


def pool_of(meeting: Meeting, *, is_online: bool = False) -> SeatQuerySet:
    """The seats of a date that are counted together: all, or those of the room or from home."""
    seats = Seat.objects.filter(meeting=meeting)
    return seats.filter(is_online=is_online) if has_two_pools(meeting) else seats


def capacity_of(meeting: Meeting, *, is_online: bool = False) -> int | None:
    """How many may come to this date; None where nobody named a number."""
    group = meeting.group
    if is_online and has_two_pools(meeting):
        own, usual = meeting.online_capacity, group.online_capacity
    else:
        own, usual = meeting.capacity, group.meeting_capacity
    return usual if own is None else own


def places_left(
    meeting: Meeting, *, is_online: bool = False, for_first_timer: bool = False
) -> int | None:
    """Places nobody holds yet, never below 0; None where nobody named a number."""
    return room_of(meeting, is_online=is_online).left(for_first_timer=for_first_timer)


def is_full(meeting: Meeting, *, is_online: bool = False, for_first_timer: bool = False) -> bool:
    """Whether somebody who asks now has to wait: no place left, or others wait already."""
    room = room_of(meeting, is_online=is_online)
    return not may_take(room, 1, is_first_timer=for_first_timer, late=is_open_to_all(meeting))


def may_take(room: Room, places: int, *, is_first_timer: bool, late: bool) -> bool:
    """Whether somebody who asks now gets these places at once, and passes nobody by.

    Shortly before the start (`late`) free places are open to all who press. Before that they are
    for those who wait; only a place kept for first-timers is not waited for by others.
    """
    if not room.fits(places, is_first_timer=is_first_timer):
        return False
    if late or not room.waiting:
        return True
    return room.is_kept_for(places, is_first_timer=is_first_timer) and not room.first_timers_waiting


def is_open_to_all(meeting: Meeting, now: datetime | None = None) -> bool:
    """Whether the start is so near that free places are held for nobody any more."""
    return meeting.starts_at - OPEN_TO_ALL <= (now or timezone.now())


def kept_places_hours() -> int:
    """So many hours before the start places for first-timers are for all; never less than two."""
    return max(int(OPEN_TO_ALL / timedelta(hours=1)), settings.KEPT_PLACES_HOURS)


def kept_until(now: datetime) -> datetime:
    """Return up to which start the kept places of a date are for all at this moment."""
    return now + timedelta(hours=kept_places_hours())


def kept_places_open_at(meeting: Meeting, *, is_online: bool = False) -> datetime | None:
    """When the places kept for first-timers are for all; None where there are none, or it is past.

    From home, where that is counted apart, none are kept.
    """
    if not meeting.group.first_timer_places or (is_online and has_two_pools(meeting)):
        return None
    opens_at = meeting.starts_at - timedelta(hours=kept_places_hours())
    return opens_at if opens_at > timezone.now() else None


def seat_of(person: Person, meeting: Meeting) -> Seat | None:
    """This person's seat at this date, unless they gave it back or their offer ran out."""
    return Seat.objects.of(person).held().filter(meeting=meeting).first()


def waiting_before(seat: Seat) -> int:
    """How many wait for the same places longer than this person."""
    queue = pool_of(seat.meeting, is_online=seat.is_online).waiting()
    return queue.filter(
        Q(queued_at__lt=seat.queued_at) | Q(queued_at=seat.queued_at, id__lt=seat.id)
    ).count()


def is_first_timer(person: Person, meeting: Meeting) -> bool:
    """Whether the person has no place at an earlier date of this group, past or to come.

    One that is held for them counts. Dates that were cancelled do not.
    """
    return not earlier_places(meeting).filter(person=person).exists()


def queue_of(meeting: Meeting, *, is_online: bool = False) -> SeatQuerySet:
    """Those who wait, longest first, each with `is_first`: whether they come for the first time."""
    earlier = earlier_places(meeting).filter(person=OuterRef("person"))
    queue = pool_of(meeting, is_online=is_online).waiting()
    return queue.annotate(is_first=~Exists(earlier)).select_related("person")


def earlier_places(meeting: Meeting) -> SeatQuerySet:
    """Return the places that people have or had at dates of the group before this one."""
    return Seat.objects.taking_room().filter(
        meeting__group=meeting.group_id,
        meeting__starts_at__lt=meeting.starts_at,
        meeting__status=MeetingStatus.SCHEDULED,
    )
