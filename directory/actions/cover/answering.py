"""What whoever was asked says, and how they are taken at their word."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import Person
from directory.actions.cover.steps import (
    askers_of,
    let_stand_in,
    lock_cover,
    take_back,
    tell_nobody_left,
    tell_people,
    write_answer,
    write_audit,
)
from directory.choices import CoverState
from directory.emails import kinds
from directory.models import Cover
from directory.refusals import refuse_if
from directory.rules.cover import (
    is_settled_at_once,
    why_not_accept_offer,
    why_not_decline,
    why_not_give_back,
    why_not_offer,
)


@transaction.atomic
def offer_cover(*, cover: Cover, by: Person) -> Cover:
    """Say yes. It settles it for who was asked by name, and late; else it is an offer.

    Said twice, it is said once. Raises Refused.
    """
    locked, now = lock_cover(cover), timezone.now()
    refuse_if(why_not_offer(locked, by, now))
    if locked.is_offered:
        return locked
    settles = is_settled_at_once(locked, now)
    write_answer(locked, CoverState.OFFERED)
    if settles:
        return let_stand_in(locked, by=by)
    write_audit(locked.meeting, by, "cover.offered")
    tell_people(kinds.COVER_OFFERED, locked.meeting, askers_of(locked.meeting))
    return locked


@transaction.atomic
def decline_cover(*, cover: Cover, by: Person) -> Cover:
    """Say no, or take an offer back. Who asked is told once nobody is left. Raises Refused.

    Who stood in before a move, and cannot come at the new time, gives it back.
    """
    locked, now = lock_cover(cover), timezone.now()
    refuse_if(why_not_decline(locked, by, now))
    if locked.state == CoverState.ACCEPTED:
        return take_back(locked, by=by, now=now)
    if locked.state == CoverState.DECLINED and locked.is_answered:
        return locked
    write_answer(locked, CoverState.DECLINED)
    write_audit(locked.meeting, by, "cover.declined")
    if not Cover.objects.open().filter(meeting=locked.meeting).exists():
        tell_nobody_left(locked.meeting)
    return locked


@transaction.atomic
def accept_offer(*, cover: Cover, by: Person | None) -> Cover:
    """Take somebody at their word; the others who offered are thanked. Raises Refused."""
    locked = lock_cover(cover)
    refuse_if(why_not_accept_offer(locked, by, timezone.now()))
    return let_stand_in(locked, by=by)


@transaction.atomic
def give_cover_back(*, cover: Cover, by: Person) -> Cover:
    """Say that one cannot come after all: who asked is told, and all others are asked anew.

    Within the last two days the moderators are told at once. What they saw, they can see no more,
    and the audit trail keeps whether they had. Raises Refused.
    """
    locked, now = lock_cover(cover), timezone.now()
    refuse_if(why_not_give_back(locked, by, now))
    return take_back(locked, by=by, now=now)
