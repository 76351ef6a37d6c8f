"""Members have a place at every date of their group, until they drop one.

Written by one statement, whatever the number of dates and members. Where a group keeps places for
first-timers, its dates come one after the other: who is new has the first date that has room.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from directory.actions.locks import lock_groups, lock_meetings
from directory.actions.seats.standing_sql import GAPS, INSERT
from directory.choices import Joining
from directory.models import Meeting, Membership, Seat
from directory.queries.seats import kept_until

# Groups whose places are written in one transaction: for so long nobody else joins them.
BATCH = 50


def seat_members(
    *,
    meetings: Iterable[Meeting | UUID] | None = None,
    membership: Membership | None = None,
) -> int:
    """Give the members of their groups a place at these dates, or one member at all that come.

    Confirmed while there is room, those first who joined first; the others wait. Nobody who has,
    had or dropped a place at a date gets one there again, and who is away has none where the group
    lets others have it. Returns how many were made.

    For one membership the caller holds the group; no person is locked, since what is written is
    unique by date and person. For dates the groups are locked here, so call it where no date is.
    """
    if membership is not None:
        return _seat_one(membership)
    dates = _by_group(list(meetings or ()))
    # Groups without members cost this one question, whatever the number of their dates.
    active = Membership.objects.active().filter(group__in=dates)
    groups = active.exclude(group__joining=Joining.JUST_COME).order_by("group")
    keys = list(groups.values_list("group", flat=True).distinct()) if dates else []
    return sum(
        _seat_all({key: dates[key] for key in keys[start : start + BATCH]})
        for start in range(0, len(keys), BATCH)
    )


def seat_everybody() -> int:
    """Make the places of members that are missing anywhere; returns how many.

    Dates and their places are written one after the other, so a crash may come between them.
    """
    with connection.cursor() as cursor:
        cursor.execute(GAPS, _values([]) | {"all": True})
        missing = [key for (key,) in cursor.fetchall()]
    return seat_members(meetings=missing)


def rest_seats_on(membership: Membership) -> None:
    """Let the single dates that somebody took before rest on what they agreed to on joining.

    A consent that was given before ends when a new one is given.
    """
    person, group = membership.person_id, membership.group_id
    rows = Seat.objects.held().filter(person=person, meeting__group=group)
    # Named one by one: most people hold none, and a statement that looks for them among all
    # seats while it changes them is planned badly where a server knows little of the tables.
    held = Seat.objects.filter(pk__in=list(rows.values_list("pk", flat=True)))
    if membership.is_active:
        held.update(membership=membership, acceptance=None, consent=None)
    elif membership.state in Membership.OPEN:
        held.filter(membership=None).update(consent=membership.consent)


def _by_group(meetings: list[Meeting | UUID]) -> dict[UUID, list[UUID]]:
    """Return the keys of dates by the key of their group."""
    known = [(one.group_id, one.pk) for one in meetings if isinstance(one, Meeting)]
    keys = [one for one in meetings if not isinstance(one, Meeting)]
    if keys:
        rows = Meeting.everything.filter(pk__in=keys).order_by()
        known += list(rows.values_list("group", "pk"))
    dates: dict[UUID, list[UUID]] = defaultdict(list)
    for group, key in known:
        dates[group].append(key)
    return dates


@transaction.atomic
def _seat_one(membership: Membership) -> int:
    coming = Meeting.everything.filter(group=membership.group_id).coming().going_ahead()
    held = lock_meetings(coming.order_by().values_list("pk", flat=True))
    return _insert(held, membership)


@transaction.atomic
def _seat_all(dates: dict[UUID, list[UUID]]) -> int:
    # Who joins meanwhile comes before or after us, and either way has their places.
    lock_groups(dates)
    return _insert(lock_meetings(key for keys in dates.values() for key in keys), None)


def _insert(held: list[Meeting], membership: Membership | None) -> int:
    number = 0
    for keys in _in_turn(held):
        values = _values(keys) | {"membership": membership.pk if membership else None}
        with connection.cursor() as cursor:
            cursor.execute(INSERT, values)
            number += cursor.rowcount
    return number


def _in_turn(held: list[Meeting]) -> Iterator[list[UUID]]:
    """Give dates that can be written at once; `held` comes soonest first.

    Of groups that keep places, one date each: whether somebody is new there depends on the others.
    """
    at_once = [meeting.pk for meeting in held if not meeting.group.first_timer_places]
    if at_once:
        yield at_once
    by_turns: dict[UUID, list[UUID]] = defaultdict(list)
    for meeting in held:
        if meeting.group.first_timer_places:
            by_turns[meeting.group_id].append(meeting.pk)
    for turn in zip_longest(*by_turns.values()):
        yield [key for key in turn if key is not None]


def _values(keys: list[UUID]) -> dict[str, Any]:
    now = timezone.now()
    return {
        "meetings": keys,
        "all": False,
        "membership": None,
        "now": now,
        "kept_until": kept_until(now),
    }
