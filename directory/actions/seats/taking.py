"""One person and one date: a place is taken, waited for, accepted, given back.

The page, the API and the admin call these. The person is locked first, then the date. The group
between them is not: nothing of it is written, and its numbers are read after the date is locked.
Whoever ends a membership locks the same person first, so a standing that is read after that stays.
"""

from __future__ import annotations

from typing import Any, cast

from django.db import transaction

from accounts.models import Person
from directory.actions.agreements import keep_acceptance, keep_consent
from directory.actions.grounds import end_consent_unless_needed
from directory.actions.locks import lock_meeting, lock_person
from directory.actions.room_watches import tell_of_free_place
from directory.actions.seats.offers import settle
from directory.actions.seats.writing import note_seat, set_state, write_seat
from directory.choices import SeatState
from directory.models import AgreementVersion, Consent, Group, Meeting, Membership, Seat
from directory.queries.agreements import current_acceptance
from directory.queries.own_seats import row_of, standing_of
from directory.queries.seats import (
    Room,
    has_two_pools,
    is_first_timer,
    is_open_to_all,
    may_take,
    room_of,
)
from directory.refusals import Refused, refuse_if
from directory.rules.seats import (
    NEW_AGREEMENT,
    NO_PLACE_FOR_COMPANION,
    why_not_accept_offer,
    why_not_at_all,
    why_not_companion,
    why_not_give_back_seat,
    why_not_single_date,
    why_not_with,
)


@transaction.atomic
def take_seat(
    *,
    meeting: Meeting,
    by: Person,
    is_online: bool = False,
    brings_companion: bool = False,
    accepted_version: AgreementVersion | None = None,
    consented_version: AgreementVersion | None = None,
    is_adult: bool = False,
) -> Seat:
    """Take a place at one date, or wait at the end of the queue when the date is full.

    Who is not in the group takes a single date, on the agreement and on consent as on joining;
    what stands already need not be given again. Asked for twice, a place is taken once, and an
    offer is accepted. Raises Refused.
    """
    person = lock_person(by)
    # Before the date is locked, for which others wait.
    standing = standing_of(person, meeting.group_id)
    locked = lock_meeting(meeting)
    is_online = is_online and has_two_pools(locked)
    room = _settled(locked, is_online=is_online)
    seat = row_of(person, locked)
    # An offer that ran out is one no more, also where those at home are counted apart.
    if seat and (seat.is_confirmed or seat.is_waiting or seat.is_offered):
        return _press_again(seat, person, locked, brings_companion=brings_companion)
    refuse_if(
        why_not_at_all(locked)
        or (why_not_companion(locked, is_online=is_online) if brings_companion else None)
        or why_not_with(standing, locked.group)
    )
    if standing and standing.is_active:
        ground = _membership(standing)
    else:
        is_adult = is_adult or (standing is not None and standing.is_adult)
        terms = {"accepted": accepted_version, "consented": consented_version}
        ground = _single_date(person, locked.group, is_adult=is_adult, **terms)
    ground |= {"is_online": is_online, "brings_companion": brings_companion}
    fits = _fits(room, 2 if brings_companion else 1, person, locked)
    return _take(seat, person, locked, fits=fits, **ground)


@transaction.atomic
def accept_offer(*, meeting: Meeting, by: Person) -> Seat:
    """Take the place that is held for oneself; accepted twice, it is accepted once.

    Raises Refused.
    """
    person = lock_person(by)
    locked = lock_meeting(meeting)
    seat = row_of(person, locked)
    if seat and seat.is_confirmed:
        return seat
    refuse_if(why_not_accept_offer(locked, person))
    return _accept(cast("Seat", seat), person, locked)


@transaction.atomic
def give_back_seat(*, meeting: Meeting, by: Person) -> Seat:
    """Give a place or an offer back, or leave the queue; the first who waits is offered it.

    Given back twice, it is given back once. Who gave back is not queued again by itself. Raises
    Refused.
    """
    person = lock_person(by)
    locked = lock_meeting(meeting)
    seat = row_of(person, locked)
    _settled(locked, is_online=seat.is_online if seat else False)
    if seat:
        seat.refresh_from_db()
        if seat.state in {SeatState.GIVEN_BACK, SeatState.EXPIRED}:
            return seat
    refuse_if(why_not_give_back_seat(locked, person))
    seat = cast("Seat", seat)
    seat.meeting = locked
    set_state(seat, SeatState.GIVEN_BACK)
    note_seat(seat, by=person, action="seat.given_back")
    settle(locked, is_online=seat.is_online)
    if seat.membership_id is None:
        end_consent_unless_needed(person, locked.group)
    tell_of_free_place(locked)
    return seat


def decline_offer(*, meeting: Meeting, by: Person) -> Seat:
    """Say no to the place that is held for oneself: the next one is offered it."""
    return give_back_seat(meeting=meeting, by=by)


def _settled(meeting: Meeting, *, is_online: bool) -> Room:
    """Give those who wait what they are due first, and read what is left then."""
    room = room_of(meeting, is_online=is_online)
    offered = settle(meeting, is_online=is_online, room=room)
    return room_of(meeting, is_online=is_online) if offered or room.offers_run_out else room


def _fits(room: Room, places: int, person: Person, meeting: Meeting) -> bool:
    first = room.kept > 0 and is_first_timer(person, meeting)
    return may_take(room, places, is_first_timer=first, late=is_open_to_all(meeting))


def _press_again(seat: Seat, person: Person, meeting: Meeting, *, brings_companion: bool) -> Seat:
    """Do what pressing means for somebody who has a seat: once is enough, mostly."""
    if seat.is_confirmed:
        return _with_companion(seat, meeting, brings_companion=brings_companion)
    return (_take_at_last if seat.is_waiting else _accept)(seat, person, meeting)


def _take(
    seat: Seat | None, person: Person, meeting: Meeting, *, fits: bool, **fields: Any
) -> Seat:
    state = SeatState.CONFIRMED if fits else SeatState.WAITING
    seat = write_seat(seat, person, meeting, state=state, **fields)
    note_seat(seat, by=person, action="seat.taken")
    return seat


def _accept(seat: Seat, person: Person, meeting: Meeting) -> Seat:
    refuse_if(why_not_accept_offer(meeting, person))
    seat.meeting = meeting
    set_state(seat, SeatState.CONFIRMED)
    note_seat(seat, by=person, action="seat.offer_accepted")
    return seat


def _take_at_last(seat: Seat, person: Person, meeting: Meeting) -> Seat:
    """Give somebody who waits a free place shortly before the start; until then they wait on."""
    if why_not_at_all(meeting) or not is_open_to_all(meeting):
        return seat
    room = room_of(meeting, is_online=seat.is_online)
    if not _fits(room, seat.places, person, meeting):
        return seat
    seat.meeting = meeting
    set_state(seat, SeatState.CONFIRMED)
    note_seat(seat, by=person, action="seat.taken")
    return seat


def _with_companion(seat: Seat, meeting: Meeting, *, brings_companion: bool) -> Seat:
    """Let somebody come along with a person who has a place already, where there is one more."""
    if not brings_companion or seat.brings_companion:
        return seat
    refuse_if(why_not_at_all(meeting) or why_not_companion(meeting, is_online=seat.is_online))
    room = room_of(meeting, is_online=seat.is_online)
    # The one who comes along is no first-timer of the group's.
    if not may_take(room, 1, is_first_timer=False, late=is_open_to_all(meeting)):
        raise Refused(NO_PLACE_FOR_COMPANION)
    seat.meeting, seat.brings_companion = meeting, True
    seat.save(update_fields=("brings_companion",))
    note_seat(seat, by=seat.person, action="seat.companion_added")
    return seat


def _membership(standing: Membership) -> dict[str, Any]:
    """Return what a member's seat rests on. Raises Refused."""
    refuse_if(None if standing.has_agreed else NEW_AGREEMENT)  # type: ignore[attr-defined]
    return {"membership": standing, "acceptance": None, "consent": None}


def _single_date(
    person: Person,
    group: Group,
    *,
    accepted: AgreementVersion | None,
    consented: AgreementVersion | None,
    is_adult: bool,
) -> dict[str, Any]:
    """Return what a seat without membership rests on. Raises Refused."""
    refuse_if(
        why_not_single_date(
            group, person, accepted=accepted, consented=consented, is_adult=is_adult
        )
    )
    acceptance = current_acceptance(person) or keep_acceptance(
        person, cast("AgreementVersion", accepted)
    )
    # What stands is used again: a new one would end it under the seats that rest on it.
    consent = Consent.objects.standing().filter(person=person, group=group).first()
    if consent is None:
        consent = keep_consent(person, group, cast("AgreementVersion", consented))
    return {"membership": None, "acceptance": acceptance, "consent": consent}
