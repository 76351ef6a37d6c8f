from __future__ import annotations

from typing import Any, cast

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import Person
from directory.actions.agreements import end_consent, keep_acceptance, keep_consent
from directory.actions.finder import refresh_finder
from directory.actions.locks import lock_group, lock_meetings, lock_membership, lock_person
from directory.actions.room_watches import tell_of_room
from directory.actions.seats import give_back_all, offer_free_places, rest_seats_on, seat_members
from directory.actions.telling import tell_again
from directory.choices import Format, Joining, MembershipState
from directory.emails import kinds
from directory.models import AgreementVersion, Group, Meeting, Membership, RoomWatch, Seat
from directory.queries.asked import facilitators_of
from directory.queries.memberships import is_full, places_left
from directory.refusals import refuse_if
from directory.rules.agreements import why_not_on_these_terms
from directory.rules.memberships import (
    why_not_answer,
    why_not_as_answered,
    why_not_join,
    why_not_leave,
    why_not_remove,
)

# Somebody who asks and leaves all day long fills no mailbox; the request stands on its page anyway.
TOLD_A_DAY = 3
NO_ANSWERS = {"message": "", "access_needs": "", "would_rather_listen": False, "is_adult": False}


@transaction.atomic
def join_group(  # noqa: PLR0913 (each is an answer of one form)
    *,
    group: Group,
    by: Person,
    accepted_version: AgreementVersion | None,
    consented_version: AgreementVersion | None,
    message: str = "",
    access_needs: str = "",
    would_rather_listen: bool = False,
    is_adult: bool = False,
    comes_online: bool = False,
) -> Membership:
    """Join a group, wait for a place in it, or ask its facilitators, as the group has it.

    Rests on the agreement and on consent, each to its wording in force; both are stored with
    version and time. Raises Refused, and then stores nothing.
    """
    person = lock_person(by)
    locked = lock_group(group)
    refuse_if(
        why_not_join(locked, person)
        or why_not_as_answered(locked, is_adult=is_adult)
        or why_not_on_these_terms(accepted_version, consented_version)
    )
    answers = {
        "message": message.strip(),
        "access_needs": access_needs.strip(),
        "would_rather_listen": would_rather_listen,
        "is_adult": is_adult,
        "comes_online": comes_online and locked.format == Format.HYBRID,
    }
    state = _state_on_joining(locked)
    membership = _begin(
        locked,
        person,
        state=state,
        joined_at=timezone.now() if state == MembershipState.ACTIVE else None,
        acceptance=keep_acceptance(person, cast("AgreementVersion", accepted_version)),
        consent=keep_consent(person, locked, cast("AgreementVersion", consented_version)),
        **answers,
    )
    _seat(membership)
    _refresh_room(locked)
    note_membership(membership, by=person, action="membership.begun")
    if state == MembershipState.ASKED:
        _tell_facilitators(membership)
    return membership


@transaction.atomic
def answer_request(
    *, membership: Membership, by: Person, accept: bool, answer: str = ""
) -> Membership:
    """Answer somebody who asked to join; accepted while the group is full, they wait.

    Raises Refused.
    """
    locked = lock_membership(membership)
    refuse_if(why_not_answer(locked, by))
    locked.answer, locked.answered_at = answer.strip(), timezone.now()
    if accept:
        locked.state = _state_with_room(locked.group)
        locked.joined_at = timezone.now() if locked.state == MembershipState.ACTIVE else None
        locked.save(update_fields=("state", "joined_at", "answer", "answered_at"))
    else:
        end_membership(locked, MembershipState.DECLINED, "answer", "answered_at")
    _seat(locked)
    _refresh_room(locked.group)
    kind = kinds.REQUEST_ACCEPTED if accept else kinds.REQUEST_DECLINED
    tell_again(kind=kind, about=locked, people=[locked.person])
    note_membership(locked, by=by, action="membership.answered")
    return locked


@transaction.atomic
def leave_group(*, membership: Membership, by: Person) -> Membership:
    """Leave a group, take back a request, or take back consent: it ends at once, without a reason.

    Nobody is told. Coming places are given back, and what the person told the facilitators is
    emptied. Raises Refused.
    """
    locked = lock_membership(membership)
    refuse_if(why_not_leave(locked, by))
    end_membership(locked, MembershipState.LEFT)
    note_membership(locked, by=by, action="membership.left")
    return locked


@transaction.atomic
def remove_member(*, membership: Membership, by: Person, reason: str) -> Membership:
    """End somebody's membership; they read the reason. Raises Refused."""
    locked = lock_membership(membership)
    refuse_if(why_not_remove(locked, by))
    locked.answer = reason.strip()
    end_membership(locked, MembershipState.REMOVED, "answer")
    tell_again(kind=kinds.REMOVED, about=locked, people=[locked.person])
    note_membership(locked, by=by, action="membership.removed")
    return locked


@transaction.atomic
def promote_waiting_members(*, group: Group) -> int:
    """Let those in who wait for a place in the group, longest first, with one mail each.

    Each has a place at the coming dates then. Where room is left, who asked to hear of it is told.
    Returns how many came in. Call it also when a group gets more places. It locks no person.
    """
    locked = lock_group(group)
    if not locked.is_published:
        return 0
    waiting = Membership.objects.waiting().filter(group=locked).select_related("person", "group")
    promoted = list(waiting[: places_left(locked)])
    for membership in promoted:
        membership.state, membership.joined_at = MembershipState.ACTIVE, timezone.now()
        membership.save(update_fields=("state", "joined_at"))
        _seat(membership)
        tell_again(kind=kinds.MEMBERSHIP_PROMOTED, about=membership, people=[membership.person])
        note_membership(membership, by=None, action="membership.promoted")
    _refresh_room(locked)
    tell_of_room(locked)
    return len(promoted)


def let_waiting_in(*, group: Group) -> None:
    """Give places to those who wait, in the group and at its dates, after it got more of them.

    Call it in a transaction that holds the group.
    """
    waited_for = Seat.objects.waiting().order_by().values("meeting")
    coming = Meeting.everything.filter(group=group, id__in=waited_for).coming()
    for meeting in lock_meetings(coming.order_by().values_list("pk", flat=True)):
        offer_free_places(meeting=meeting)
    # Who comes in now has a place behind those who wait for one already.
    promote_waiting_members(group=group)


def _state_on_joining(group: Group) -> str:
    return MembershipState.ASKED if group.joining == Joining.ASK else _state_with_room(group)


def _state_with_room(group: Group) -> str:
    return MembershipState.WAITING if is_full(group) else MembershipState.ACTIVE


def _begin(group: Group, person: Person, **fields: Any) -> Membership:
    """Write the person's one row for this group, begun now."""
    fields |= {"asked_at": timezone.now(), "answered_at": None, "answer": "", "ended_at": None}
    membership, _created = Membership.objects.update_or_create(
        group=group, person=person, defaults=fields
    )
    return membership


def _seat(membership: Membership) -> None:
    """Give a member a place at all dates to come; what they took before rests on this as well.

    Whoever is on the way into the group need not be told of room there.
    """
    RoomWatch.objects.filter(group=membership.group_id, person=membership.person_id).delete()
    rest_seats_on(membership)
    if membership.is_active:
        seat_members(membership=membership)


def end_membership(membership: Membership, state: str, *changed: str) -> None:
    """End a membership: no answers are kept, consent stands no longer, places are free again.

    `changed` names fields that the caller set and that are to be saved too. Call it in a
    transaction that holds the person and the group.
    """
    membership.state, membership.ended_at = state, timezone.now()
    for name, value in NO_ANSWERS.items():
        setattr(membership, name, value)
    membership.save(update_fields=("state", "ended_at", *NO_ANSWERS, *changed))
    end_consent(membership.person, membership.group)
    give_back_all(person=membership.person, group=membership.group)
    promote_waiting_members(group=membership.group)


def _refresh_room(group: Group) -> None:
    """Let the finder know whether there is room, where that can change."""
    if group.capacity is not None:
        refresh_finder([group])


def _tell_facilitators(membership: Membership) -> None:
    people = facilitators_of(membership.group)
    tell_again(kind=kinds.REQUEST_RECEIVED, about=membership, people=people, most_a_day=TOLD_A_DAY)


def note_membership(membership: Membership, *, by: Person | None, action: str) -> None:
    """Write a line of the audit trail about a membership."""
    organisation = membership.group.organisation
    record(
        by=by, action=action, about=membership, organisation=organisation, state=membership.state
    )
