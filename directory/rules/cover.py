"""Whether somebody may ask for cover, offer it, be taken at their word; and what cover allows."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from directory.choices import CoverState
from directory.models import Cover, Meeting
from directory.queries.cover import REQUESTED, SETTLED_BEFORE, may_cover, of_who_may
from directory.queries.cover_access import covers_date, is_open_to_cover
from directory.refusals import Refusal
from directory.rules.facilitating import why_not_run
from directory.rules.memberships import facilitates

CANCELLED = Refusal("already-cancelled", _("This date is cancelled, so nobody is needed."))
OVER = Refusal("over", _("This date is over."))
NOT_PUBLISHED = Refusal(
    "not-published", _("This group takes a break at the moment, so nobody is needed.")
)
COVERED = Refusal("covered", _("Somebody else was faster and stands in already. Thank you."))
NOT_YOU = Refusal("not-you", _("Only the person who was asked can answer."))
NO_LONGER = Refusal("no-longer", _("Nobody is needed for this date any more. Thank you."))
NO_OFFER = Refusal("no-offer", _("This offer no longer stands."))
NOBODY_ASKED = Refusal("nobody-asked", _("Nobody was asked, so there is nothing to take back."))
ALL_ASKED = Refusal("all-asked", _("Everybody who may stand in has been asked already."))
ASKED_ALREADY = Refusal("asked-already", _("This person has been asked already."))
NOBODY_THERE = Refusal(
    "nobody-there", _("Nobody else runs a group of your organisation, so there is nobody to ask.")
)
CANNOT_ASK = Refusal(
    "person", _("This person cannot be asked. They run no group of your organisation.")
)
OWN_OFFER = Refusal(
    "own-offer",
    _(
        "You offered this yourself, so somebody else says yes to it: who runs the group, or "
        "another moderator. If nobody does, the first offer is taken two days before the date."
    ),
)
NOT_OPEN_YET = Refusal(
    "not-open-yet",
    _("You can do this shortly before the date. If you cannot come, say so on its page."),
)
COVERING = Refusal("covering", _("You stand in at this date. Say so if you cannot come after all."))


def why_not_run_meeting(meeting: Meeting, person: Person | None) -> Refusal | None:
    """Say why this person may not act for this one date: who stands in may, once it is open."""
    refusal, now = why_not_run(meeting.group, person), timezone.now()
    if refusal is None or person is None:
        return refusal
    if is_open_to_cover(person, meeting, now):
        return None
    return NOT_OPEN_YET if covers_date(person, meeting, now) else refusal


def why_not_ask_for_cover(
    meeting: Meeting, by: Person | None, person: Person | None, now: datetime
) -> Refusal | None:
    """Say why nobody, or not this `person`, can be asked to stand in at a date."""
    refusal = why_not_run(meeting.group, by) or _why_not_then(meeting, now)
    if refusal:
        return refusal
    if is_covered(meeting):
        return COVERED
    others = may_cover(meeting.group)
    if by:
        others = others.exclude(pk=by.pk)
    if person is None:
        return None if others.exists() else NOBODY_THERE
    return None if others.filter(pk=person.pk).exists() else CANNOT_ASK


def why_not_offer(cover: Cover, by: Person, now: datetime) -> Refusal | None:
    """Say why this person cannot offer to stand in."""
    refusal = _why_not_answer(cover, by, now)
    if refusal:
        return refusal
    if cover.stands_in:
        return COVERING
    return COVERED if is_covered(cover.meeting) else None


def why_not_decline(cover: Cover, by: Person, now: datetime) -> Refusal | None:
    """Say why this person need not say that they cannot."""
    refusal = _why_not_answer(cover, by, now)
    return refusal or (COVERING if cover.stands_in else None)


def why_not_accept_offer(cover: Cover, by: Person | None, now: datetime) -> Refusal | None:
    """Say why an offer cannot be accepted; who runs the group does that, or a moderator.

    A moderator sees no list of a group, and must not get at one with nobody else's consent. Late,
    an offer needs no answer, so no date stays without anybody for that.
    """
    refusal = why_not_run(cover.meeting.group, by) or _why_not_then(cover.meeting, now)
    if refusal:
        return refusal
    if is_covered(cover.meeting):
        return Refusal("covered", _("Somebody stands in at this date already."))
    if not cover.is_offered or not _still_may(cover):
        return NO_OFFER
    is_own = by is not None and cover.person_id == by.pk
    return OWN_OFFER if is_own and not _runs(cover.meeting, by) else None


def why_not_give_back(cover: Cover, by: Person, now: datetime) -> Refusal | None:
    """Say why this person cannot give back that they stand in."""
    if cover.person_id != by.pk:
        return NOT_YOU
    if cover.state != CoverState.ACCEPTED:
        return NO_LONGER
    return _why_not_then(cover.meeting, now)


def why_not_withdraw_request(meeting: Meeting, by: Person | None, now: datetime) -> Refusal | None:
    """Say why a request cannot be taken back; found cover can be thanked for and let go, too."""
    refusal = why_not_run(meeting.group, by) or _why_not_then(meeting, now)
    if refusal:
        return refusal
    states = (*REQUESTED, CoverState.ACCEPTED)
    asked = Cover.objects.filter(meeting=meeting, state__in=states)
    return None if asked.exists() else NOBODY_ASKED


def is_covered(meeting: Meeting) -> bool:
    """Whether somebody stands in who still may."""
    return of_who_may(Cover.objects.accepted().filter(meeting=meeting)).exists()


def is_settled_at_once(cover: Cover, now: datetime) -> bool:
    """Whether a yes needs no answer: asked by name, taken before a move, or too late to wait."""
    was_taken = cover.state == CoverState.ACCEPTED
    return cover.by_name or was_taken or cover.meeting.starts_at - SETTLED_BEFORE <= now


def _why_not_answer(cover: Cover, by: Person, now: datetime) -> Refusal | None:
    if cover.person_id != by.pk:
        return NOT_YOU
    if cover.state == CoverState.WITHDRAWN or not _still_may(cover):
        return NO_LONGER
    return _why_not_then(cover.meeting, now)


def _runs(meeting: Meeting, person: Person | None) -> bool:
    return person is not None and facilitates(person, meeting.group_id)


def _still_may(cover: Cover) -> bool:
    return of_who_may(Cover.objects.filter(pk=cover.pk)).exists()


def _why_not_then(meeting: Meeting, now: datetime) -> Refusal | None:
    if meeting.is_cancelled:
        return CANCELLED
    if meeting.ends_at <= now:
        return OVER
    return None if meeting.group.is_published else NOT_PUBLISHED
