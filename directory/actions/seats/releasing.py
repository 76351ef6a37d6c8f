"""Places given back for somebody: they leave the group, or are away for a while."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from accounts.audit import record
from accounts.models import Person
from directory.actions.locks import lock_group, lock_meetings, lock_person
from directory.actions.room_watches import tell_of_free_place
from directory.actions.seats.offers import settle
from directory.actions.seats.standing import seat_members
from directory.actions.seats.writing import note_seat, release
from directory.models import Group, Meeting, Membership, Seat
from directory.models.meetings import MeetingQuerySet
from directory.refusals import Refused, refuse_if
from directory.rules.seats import AWAY_ORDER, why_not_set_away


def give_back_all(*, person: Person, group: Group) -> None:
    """Give back what the person holds at coming dates of a group that they are leaving.

    Each date offers the place to the first who waits there, the soonest date first. Call it in a
    transaction that holds the person and the group.
    """
    _release_at(Meeting.everything.filter(group=group).coming(), person, action="seat.left")


@transaction.atomic
def set_away(
    *, membership: Membership, by: Person, away_from: date | None, away_until: date | None
) -> Membership:
    """Note from when to when a member is away, both days included; two Nones end it.

    Where the group lets others have the places of those who are away, they are offered at once;
    the member has the others again, as far as there is room. Raises Refused.
    """
    person = lock_person(Person(pk=membership.person_id))
    group = lock_group(membership.group_id)
    locked = Membership.objects.get(pk=membership.pk)
    locked.person, locked.group = person, group
    refuse_if(why_not_set_away(locked, by))
    if away_until and (away_from is None or away_until < away_from):
        raise Refused(AWAY_ORDER)
    locked.away_from, locked.away_until = away_from, away_until
    locked.save(update_fields=("away_from", "away_until"))
    record(by=by, action="membership.away", about=locked, organisation=group.organisation)
    if group.releases_absent:
        _release_while_away(locked)
        seat_members(membership=locked)
    return locked


def follow_absences(*, group: Group) -> None:
    """Give the places of those who are away to others, or back to them, as the group has it now.

    Call it in a transaction that holds the group.
    """
    away = Membership.objects.active().filter(group=group, away_from__isnull=False)
    for membership in away.select_related("person").order_by("joined_at", "pk"):
        membership.group = group
        if group.releases_absent:
            _release_while_away(membership)
        else:
            seat_members(membership=membership)


def _release_while_away(membership: Membership) -> None:
    if membership.away_from is None:
        return
    dates = Meeting.everything.filter(
        group=membership.group_id, local_day__gte=membership.away_from
    ).coming()
    if membership.away_until:
        dates = dates.filter(local_day__lte=membership.away_until)
    _release_at(dates, membership.person, action="seat.away")


def _release_at(dates: MeetingQuerySet, person: Person, *, action: str) -> None:
    held = Seat.objects.of(person).held()
    with_seat = dates.filter(id__in=held.values("meeting")).order_by()
    for meeting in lock_meetings(with_seat.values_list("pk", flat=True)):
        _release_one(held.filter(meeting=meeting), meeting, action=action)


def _release_one(held: Iterable[Seat], meeting: Meeting, *, action: str) -> None:
    for seat in held:
        seat.meeting = meeting
        release(seat)
        note_seat(seat, by=None, action=action)
        settle(meeting, is_online=seat.is_online)
        tell_of_free_place(meeting)
