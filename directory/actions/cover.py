"""Somebody to stand in at a date: asked, offered, accepted, given back.

All of it happens under the locks of the group and the date, so that one person stands in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.audit import record
from accounts.models import OutgoingMail, Person
from accounts.outbox import queue_for_all
from directory.actions.locks import lock_group, lock_meeting
from directory.actions.telling import tell_again
from directory.choices import CoverState
from directory.emails import kinds
from directory.emails.cover import TO_ASKER, missing
from directory.models import Cover, Meeting
from directory.queries.asked import facilitators_of, moderators_of
from directory.queries.cover import (
    REQUESTED,
    SETTLED_BEFORE,
    covers_lost,
    dates_to_settle,
    may_cover,
    needing_somebody,
    of_who_may,
)
from directory.refusals import Refused, refuse_if
from directory.rules.cover import (
    ALL_ASKED,
    ASKED_ALREADY,
    is_settled_at_once,
    why_not_accept_offer,
    why_not_ask_for_cover,
    why_not_decline,
    why_not_give_back,
    why_not_offer,
    why_not_withdraw_request,
)

# Somebody who asks, takes back and asks again fills nobody's mailbox.
MAILS_A_DAY = 8
# The next run, ten minutes later, goes on.
AT_ONE_RUN = 500
SAID_YES = {CoverState.OFFERED, CoverState.ACCEPTED}
ASKED_ANEW = (
    *("state", "asked_by", "asked_at", "by_name", "note"),
    *("answered_at", "answered_for", "settled_at"),
)


@transaction.atomic
def ask_for_cover(
    *, meeting: Meeting, by: Person | None, person: Person | None = None, note: str = ""
) -> list[Cover]:
    """Ask one person to stand in at a date, or all who may. Returns who is newly asked.

    Whoever has said yes or no to this start already is not asked with all the others. Raises
    Refused.
    """
    locked, now = _lock(meeting.pk), timezone.now()
    refuse_if(why_not_ask_for_cover(locked, by, person, now))
    people = may_cover(locked.group).filter(pk=person.pk) if person else may_cover(locked.group)
    asked = _ask(locked, people, by=by, by_name=person is not None, note=note.strip())
    if not asked:
        raise Refused(ASKED_ALREADY if person else ALL_ASKED)
    _note(locked, by, "cover.asked", asked=len(asked), by_name=person is not None)
    return asked


@transaction.atomic
def offer_cover(*, cover: Cover, by: Person) -> Cover:
    """Say yes. It settles it for who was asked by name, and late; else it is an offer.

    Said twice, it is said once. Raises Refused.
    """
    locked, now = _lock_cover(cover), timezone.now()
    refuse_if(why_not_offer(locked, by, now))
    if locked.is_offered:
        return locked
    _answer(locked, CoverState.OFFERED)
    if is_settled_at_once(locked, now):
        return _accept(locked, by=by)
    _note(locked.meeting, by, "cover.offered")
    _tell(kinds.COVER_OFFERED, locked.meeting, _askers(locked.meeting))
    return locked


@transaction.atomic
def decline_cover(*, cover: Cover, by: Person) -> Cover:
    """Say no, or take an offer back. Who asked is told once nobody is left. Raises Refused."""
    locked = _lock_cover(cover)
    refuse_if(why_not_decline(locked, by, timezone.now()))
    if locked.state == CoverState.DECLINED and locked.is_answered:
        return locked
    _answer(locked, CoverState.DECLINED)
    _note(locked.meeting, by, "cover.declined")
    if not Cover.objects.open().filter(meeting=locked.meeting).exists():
        _tell_nobody_left(locked.meeting)
    return locked


@transaction.atomic
def accept_offer(*, cover: Cover, by: Person | None) -> Cover:
    """Take somebody at their word; the others who offered are thanked. Raises Refused."""
    locked = _lock_cover(cover)
    refuse_if(why_not_accept_offer(locked, by, timezone.now()))
    return _accept(locked, by=by)


@transaction.atomic
def give_cover_back(*, cover: Cover, by: Person) -> Cover:
    """Say that one cannot come after all: who asked is told, and all others are asked anew.

    Within the last two days the moderators are told at once. Raises Refused.
    """
    locked, now = _lock_cover(cover), timezone.now()
    refuse_if(why_not_give_back(locked, by, now))
    return _give_back(locked, by=by, now=now)


@transaction.atomic
def withdraw_request(*, meeting: Meeting, by: Person | None) -> Meeting:
    """Say that nobody is needed any more; whoever had said yes is told. Raises Refused."""
    locked = _lock(meeting.pk)
    refuse_if(why_not_withdraw_request(locked, by, timezone.now()))
    _let_go(locked)
    _note(locked, by, "cover.withdrawn")
    return locked


def escalate_cover(*, now: datetime | None = None) -> int:
    """Settle the dates of the next two days that need somebody; returns how many it settled.

    The earliest offer is taken; where there is none, the moderators are told, once for a start.
    Before that, all who stand in but run no group any more are taken as unable to come.
    """
    now = now or timezone.now()
    for cover in covers_lost(now)[:AT_ONE_RUN]:
        _alone(partial(_lose, cover, now))
    dates = list(dates_to_settle(now).only("pk", "starts_at"))
    told = OutgoingMail.objects.filter(
        kind=kinds.COVER_MISSING, about__in=[missing(date) for date in dates]
    )
    known = set(told.values_list("about", flat=True))
    to_settle = [date.pk for date in dates if missing(date) not in known]
    return sum(_alone(partial(_escalate, key, now)) for key in to_settle[:AT_ONE_RUN])


def _alone(settle: Callable[[], bool]) -> bool:
    """Settle one date in a transaction of its own."""
    try:
        with transaction.atomic():
            return settle()
    except Refused:
        # Somebody else is at work on it: the next run looks again.
        return False


def _lose(cover: Cover, now: datetime) -> bool:
    locked = _lock_cover(cover)
    if not covers_lost(now).filter(pk=locked.pk).exists():
        return False
    _give_back(locked, by=None, now=now)
    return True


def _give_back(cover: Cover, *, by: Person | None, now: datetime) -> Cover:
    """Ask all others anew, and tell who asked; late, the moderators as well."""
    meeting = cover.meeting
    _answer(cover, CoverState.DECLINED)
    asked = _ask(meeting, may_cover(meeting.group), by=cover.asked_by, note=cover.note)
    _note(meeting, by, "cover.given_back", asked=len(asked))
    _tell_nobody_left(meeting)
    if meeting.starts_at - SETTLED_BEFORE <= now:
        tell_again(
            kind=kinds.COVER_MISSING, about=missing(meeting), people=moderators_of(meeting.group)
        )
    return cover


def _escalate(key: UUID, now: datetime) -> bool:
    meeting = _lock(key)
    # It may have been moved or cancelled, or somebody found, before it was locked.
    soon = Meeting.everything.filter(pk=meeting.pk, starts_at__lte=now + SETTLED_BEFORE)
    if not needing_somebody(soon).exists():
        return False
    offers = of_who_may(Cover.objects.offered().filter(meeting=meeting))
    first = offers.select_related("person").first()
    if first:
        first.meeting = meeting
        _accept(first, by=None)
        return True
    told = queue_for_all(
        kind=kinds.COVER_MISSING, about=missing(meeting), people=moderators_of(meeting.group)
    )
    if told:
        _note(meeting, None, "cover.escalated", told=told)
    return told > 0


def _lock(key: UUID) -> Meeting:
    """Lock group and date, in this order, and read both again."""
    group_key = Meeting.everything.values_list("group", flat=True).get(pk=key)
    group = lock_group(group_key)
    meeting = lock_meeting(key)
    meeting.group = group
    return meeting


def _lock_cover(cover: Cover) -> Cover:
    """Lock the date, and read the answer again: the lock of the date holds all its answers."""
    meeting = _lock(cover.meeting_id)
    locked = Cover.objects.select_related("person", "asked_by").get(pk=cover.pk)
    locked.meeting = meeting
    return locked


def _ask(
    meeting: Meeting,
    people: QuerySet[Person],
    *,
    by: Person | None,
    note: str,
    by_name: bool = False,
) -> list[Cover]:
    """Write that these people are asked, one row each, and owe each a mail."""
    known = {row.person_id: row for row in Cover.objects.filter(meeting=meeting)}
    fresh: list[Cover] = []
    again: list[Cover] = []
    for person in people.exclude(pk=by.pk) if by else people:
        row = known.get(person.pk) or Cover(meeting=meeting, person=person)
        row.meeting, row.person = meeting, person
        if person.pk in known and _needs_no_asking(row, by_name=by_name):
            continue
        row.state, row.asked_by, row.asked_at = CoverState.ASKED, by, timezone.now()
        row.by_name, row.note = by_name, note
        row.answered_at = row.answered_for = row.settled_at = None
        (again if person.pk in known else fresh).append(row)
    Cover.objects.bulk_create(fresh)
    Cover.objects.bulk_update(again, ASKED_ANEW)
    asked = fresh + again
    _tell(kinds.COVER_ASKED, meeting, [row.person for row in asked])
    return asked


def _needs_no_asking(row: Cover, *, by_name: bool) -> bool:
    """Whether somebody is asked already, or has answered; a no can be asked again by name."""
    if row.state == CoverState.ASKED:
        return row.by_name or not by_name
    return row.is_offered or (row.is_answered and not by_name)


def _answer(cover: Cover, state: str) -> None:
    cover.state = state
    cover.answered_at, cover.answered_for = timezone.now(), cover.meeting.starts_at
    cover.save(update_fields=("state", "answered_at", "answered_for"))


def _accept(cover: Cover, *, by: Person | None) -> Cover:
    """Let one person stand in, and thank the others. `by` None: nobody was asked any more."""
    meeting = cover.meeting
    askers = _askers(meeting)
    _let_go(meeting, but=cover)
    cover.state, cover.settled_at = CoverState.ACCEPTED, timezone.now()
    cover.save(update_fields=("state", "settled_at"))
    people = {person.pk: person for person in (cover.person, *askers)}
    if by:
        people.pop(by.pk, None)
    _tell(kinds.COVER_ACCEPTED, meeting, people.values())
    _note(meeting, by, "cover.accepted", by_itself=by is None)
    return cover


def _let_go(meeting: Meeting, but: Cover | None = None) -> None:
    """End all answers but one; whoever had said yes is thanked.

    A no stands while somebody else comes: that person is not asked again.
    """
    rows = Cover.objects.filter(meeting=meeting).select_related("person")
    states = (*Cover.OPEN, CoverState.ACCEPTED) if but else (*REQUESTED, CoverState.ACCEPTED)
    ended = [row for row in rows.filter(state__in=states) if not but or row.pk != but.pk]
    _tell(kinds.COVER_NOT_NEEDED, meeting, [row.person for row in ended if row.state in SAID_YES])
    for row in ended:
        row.state, row.settled_at = CoverState.WITHDRAWN, timezone.now()
    Cover.objects.bulk_update(ended, ("state", "settled_at"))


def _askers(meeting: Meeting) -> list[Person]:
    """Return who asked and still runs or moderates the group, or else everybody who runs it."""
    rows = Cover.objects.filter(meeting=meeting, state__in=REQUESTED)
    facilitators, moderators = facilitators_of(meeting.group), moderators_of(meeting.group)
    asked = (facilitators | moderators).filter(pk__in=rows.values("asked_by"))
    return list(asked.distinct() or facilitators or moderators)


def _tell_nobody_left(meeting: Meeting) -> None:
    """Tell who asked that nobody stands in, and that nobody who can is left at the moment."""
    tell_again(
        kind=kinds.COVER_MISSING,
        about=missing(meeting, TO_ASKER),
        people=_askers(meeting),
        most_a_day=MAILS_A_DAY,
    )


def _tell(kind: str, meeting: Meeting, people: Iterable[Person]) -> None:
    tell_again(kind=kind, about=meeting, people=people, most_a_day=MAILS_A_DAY)


def _note(meeting: Meeting, by: Person | None, action: str, **detail: int | bool) -> None:
    organisation = meeting.group.organisation
    record(by=by, action=action, about=meeting, organisation=organisation, **detail)
