from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import Person
from directory.actions.locks import lock_meeting, lock_person
from directory.actions.telling import tell_again
from directory.choices import SeatState
from directory.emails import kinds
from directory.models import Group, Meeting, Membership, Seat
from directory.queries.seats import is_full, places_left, seat_of
from directory.refusals import refuse_if
from directory.rules.seats import has_begun, why_not_give_back_seat, why_not_take_seat


@transaction.atomic
def take_seat(*, meeting: Meeting, by: Person) -> Seat:
    """Take a place at one date, or wait at the end of the queue when the date is full.

    Asked for twice, it is taken once. Raises Refused.
    """
    person = lock_person(by)
    locked = lock_meeting(meeting)
    if seat := seat_of(person, locked):
        return seat
    refuse_if(why_not_take_seat(locked, person))
    promote_waiting(meeting=locked)
    seat = _write(person, locked, SeatState.WAITING if is_full(locked) else SeatState.CONFIRMED)
    _note(seat, by=person, action="seat.taken")
    return seat


@transaction.atomic
def give_back_seat(*, meeting: Meeting, by: Person) -> Seat:
    """Give a place back, or leave the queue; the first who waits gets it.

    Given back twice, it is given back once. Raises Refused.
    """
    person = lock_person(by)
    locked = lock_meeting(meeting)
    own = Seat.objects.of(person).filter(meeting=locked)
    if given_back := own.filter(state=SeatState.GIVEN_BACK).first():
        return given_back
    refuse_if(why_not_give_back_seat(locked, person))
    seat = own.get()
    _give_back(seat)
    _note(seat, by=person, action="seat.given_back")
    promote_waiting(meeting=locked)
    return seat


@transaction.atomic
def promote_waiting(*, meeting: Meeting) -> int:
    """Give free places at a date to those who wait, longest first, with one mail each.

    Returns how many got one. It locks the date, and no person.
    """
    locked = lock_meeting(meeting)
    if locked.is_cancelled or has_begun(locked):
        return 0
    # Without a number of places everybody who waits gets one.
    first = Seat.objects.waiting().filter(meeting=locked).select_related("person")
    promoted = list(first[: places_left(locked)])
    for seat in promoted:
        seat.state, seat.changed_at = SeatState.CONFIRMED, timezone.now()
        seat.save(update_fields=("state", "changed_at"))
        tell_again(kind=kinds.SEAT_CONFIRMED, about=seat, people=[seat.person])
        _note(seat, by=None, action="seat.promoted")
    return len(promoted)


def give_back_all(*, person: Person, group: Group) -> None:
    """Give back what the person holds at coming dates of a group that they are leaving.

    Call it in a transaction that holds the person and the group.
    """
    coming = Meeting.everything.filter(group=group).coming()
    held = Seat.objects.of(person).held()
    for meeting in coming.filter(id__in=held.values("meeting")).order_by("id"):
        locked = lock_meeting(meeting)
        if seat := seat_of(person, locked):
            _give_back(seat)
            promote_waiting(meeting=locked)


def _write(person: Person, meeting: Meeting, state: str) -> Seat:
    """Write the person's one row for this date, asked for now: who comes again queues again."""
    now = timezone.now()
    membership = Membership.objects.active().get(person=person, group=meeting.group_id)
    seat, _created = Seat.objects.update_or_create(
        meeting=meeting,
        person=person,
        defaults={
            "membership": membership,
            "state": state,
            "asked_at": now,
            "queued_at": now,
            "changed_at": now,
            "offer_expires_at": None,
        },
    )
    return seat


def _give_back(seat: Seat) -> None:
    seat.state, seat.changed_at = SeatState.GIVEN_BACK, timezone.now()
    seat.offer_expires_at = None
    seat.save(update_fields=("state", "changed_at", "offer_expires_at"))


def _note(seat: Seat, *, by: Person | None, action: str) -> None:
    organisation = seat.meeting.group.organisation
    record(by=by, action=action, about=seat, organisation=organisation, state=seat.state)
