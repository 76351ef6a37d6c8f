"""Who comes to a date and who waits for it, by display names: for those who run it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from directory.choices import AgreementKind, SeatState
from directory.models import Acceptance, AgreementVersion, Meeting, Seat
from directory.queries.roster import seats_held
from directory.queries.seats import Room, earlier_places, has_two_pools, room_of


@dataclass(frozen=True)
class SeatLine:
    """One person at one date. What they told the group is empty where they are not in it.

    `is_single`: they are not in it, and come to single dates.
    """

    seat: UUID
    name: str
    state: str
    is_online: bool
    brings_companion: bool
    is_first: bool
    has_agreed: bool
    is_single: bool
    is_away: bool
    would_rather_listen: bool
    access_needs: str
    queued_at: datetime
    offer_expires_at: datetime | None


@dataclass(frozen=True)
class Pool:
    """Places that are counted together, who is held one of them, and who waits, in order."""

    is_online: bool
    is_counted_apart: bool
    room: Room
    offered: list[SeatLine]
    waiting: list[SeatLine]


def who_comes(meeting: Meeting) -> list[SeatLine]:
    """Return who has a place at a date, by name; one query."""
    lines = _lines(meeting, (SeatState.CONFIRMED,))
    return sorted(lines, key=lambda line: (line.name.casefold(), line.seat))


def pools_of(meeting: Meeting) -> list[Pool]:
    """Return the places of a date and who waits for them: of the room, and from home if apart.

    One query for the people, one for each number of places.
    """
    lines = _lines(meeting, (SeatState.OFFERED, SeatState.WAITING))
    if not has_two_pools(meeting):
        return [_pool(meeting, lines, is_online=False, is_counted_apart=False)]
    return [
        _pool(
            meeting,
            [line for line in lines if line.is_online == is_online],
            is_online=is_online,
            is_counted_apart=True,
        )
        for is_online in (False, True)
    ]


def _pool(
    meeting: Meeting, lines: Iterable[SeatLine], *, is_online: bool, is_counted_apart: bool
) -> Pool:
    lines = list(lines)
    return Pool(
        is_online=is_online,
        is_counted_apart=is_counted_apart,
        room=room_of(meeting, is_online=is_online),
        offered=[line for line in lines if line.state == SeatState.OFFERED],
        waiting=[line for line in lines if line.state == SeatState.WAITING],
    )


def _lines(meeting: Meeting, states: Iterable[str]) -> list[SeatLine]:
    """Read the seats in these states, longest waiting first; offers that ran out are left out."""
    me = OuterRef("person")
    in_force = AgreementVersion.objects.in_force(AgreementKind.CONFIDENTIALITY).values("pk")[:1]
    seats = (
        seats_held()
        .filter(meeting=meeting, state__in=list(states))
        .annotate(
            is_first=~Exists(earlier_places(meeting).filter(person=me)),
            has_agreed=Exists(Acceptance.objects.filter(person=me, version=in_force)),
        )
        .select_related("person", "membership")
        .order_by("queued_at", "id")
    )
    return [_line(seat, meeting) for seat in seats]


def _line(seat: Seat, meeting: Meeting) -> SeatLine:
    standing = seat.membership
    return SeatLine(
        seat=seat.pk,
        name=seat.person.display_name,
        state=seat.state,
        is_online=seat.is_online,
        brings_companion=seat.brings_companion,
        is_first=seat.is_first,  # type: ignore[attr-defined]
        has_agreed=seat.has_agreed,  # type: ignore[attr-defined]
        is_single=standing is None,
        is_away=bool(
            standing
            and standing.away_from
            and standing.away_until
            and standing.away_from <= meeting.local_day <= standing.away_until
        ),
        would_rather_listen=bool(standing and standing.would_rather_listen),
        access_needs=standing.access_needs if standing else "",
        queued_at=seat.queued_at,
        offer_expires_at=seat.offer_expires_at,
    )
