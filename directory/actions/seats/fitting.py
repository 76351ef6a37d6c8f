"""Seats that have to fit into fewer places, or into places that are counted in another way."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone

from accounts.models import Person
from directory.actions.locks import lock_coming_dates, lock_meetings
from directory.actions.seats.offers import offer_free_places
from directory.actions.seats.queue import SHORTEST
from directory.actions.seats.writing import note_seat, set_state
from directory.actions.telling import tell_again
from directory.choices import Format, SeatState
from directory.emails import kinds
from directory.models import Group, Meeting, Membership, Seat
from directory.queries.seats import has_two_pools, pool_of, room_of
from directory.queries.seats_owed import dates_too_full
from directory.rules.changes import tells_at


def fit_dates(meetings: Iterable[UUID]) -> int:
    """Let the latest to come wait at dates that have fewer places than are taken.

    That is so where a date was cancelled while its group came to have fewer places. They are the
    first in the list there, and are told. Returns how many wait now. Call it in a transaction that
    holds the group.
    """
    held = lock_meetings(dates_too_full(meetings))
    return sum(
        _fit(meeting, is_online=is_online)
        for meeting in held
        for is_online in ((False, True) if has_two_pools(meeting) else (False,))
    )


def follow_format(*, group: Group, before: str) -> None:
    """Bring seats into line with a group that meets in another way than `before`.

    Everybody with a seat at a coming date comes in the way that is left, and whose way that was not
    is told. From home nobody brings a companion. Call it in a transaction that holds the group,
    which is saved.
    """
    keys = [meeting.pk for meeting in lock_coming_dates(group)]
    seats = Seat.objects.filter(meeting__in=keys, state__in=Seat.HELD).order_by()
    people = _whose_way_ends(group, before, seats)
    if group.format == Format.HYBRID:
        if before == Format.ONLINE:
            seats.update(is_online=True)
            Membership.objects.open().filter(group=group).update(comes_online=True)
    else:
        seats.update(is_online=False)
    if group.format != Format.IN_PERSON:
        at_home = seats if group.format == Format.ONLINE else seats.filter(is_online=True)
        at_home.update(brings_companion=False)
    fit_dates(keys)
    waited_for = seats.filter(state=SeatState.WAITING).values_list("meeting", flat=True)
    for meeting in lock_meetings(waited_for.distinct()):
        offer_free_places(meeting=meeting)
    if people:
        starts = Meeting.everything.filter(pk__in=keys).going_ahead()
        then = tells_at(starts.values_list("starts_at", flat=True), now=timezone.now())
        tell_again(kind=kinds.FORMAT_CHANGED, about=group, people=people, send_after=then)


def _whose_way_ends(group: Group, before: str, seats: Iterable[Seat]) -> list[Person]:
    """Return those with a seat at a coming date who can no longer come as they meant to."""
    if group.format == Format.HYBRID:
        return []
    concerned = Person.objects.filter(seats__in=seats)
    if before == Format.HYBRID:
        other_way = group.format == Format.IN_PERSON
        concerned = Person.objects.filter(seats__in=seats, seats__is_online=other_way)
    return list(concerned.distinct())


def _fit(meeting: Meeting, *, is_online: bool) -> int:
    room = room_of(meeting, is_online=is_online)
    if room.capacity is None or room.taken <= room.capacity:
        return 0
    pool = pool_of(meeting, is_online=is_online)
    # An offer is nobody's place yet; of the others those who came first keep theirs.
    held = pool.taking_room().select_related("person").order_by("queued_at", "id")
    latest = sorted(held, key=lambda seat: seat.is_confirmed, reverse=True)
    too_many, leaving = room.taken - room.capacity, []
    while too_many > 0:
        seat = latest.pop()
        too_many -= seat.places
        leaving.append(seat)
    first = pool.waiting().values_list("queued_at", flat=True).first() or timezone.now()
    for seat in leaving:
        first -= SHORTEST
        _let_wait(seat, meeting, queued_at=first)
    return len(leaving)


def _let_wait(seat: Seat, meeting: Meeting, **fields: object) -> None:
    seat.meeting = meeting
    set_state(seat, SeatState.WAITING, **fields)
    note_seat(seat, by=None, action="seat.waits_again")
    then = tells_at([meeting.starts_at], now=timezone.now())
    tell_again(kind=kinds.SEAT_WAITS, about=seat, people=[seat.person], send_after=then)
