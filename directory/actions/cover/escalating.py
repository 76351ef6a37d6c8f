"""Dates of the next two days at which somebody is missing: the worker looks each ten minutes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import OutgoingMail
from accounts.outbox import queue, queue_for_all
from directory.actions.cover.steps import (
    let_stand_in,
    lock_cover,
    lock_date,
    take_back,
    write_audit,
)
from directory.emails import kinds
from directory.emails.cover import missing
from directory.models import Cover, Meeting
from directory.queries.asked import moderators_of
from directory.queries.cover import SETTLED_BEFORE, of_who_may
from directory.queries.cover_missing import (
    covers_lost,
    dates_to_settle,
    needing_somebody,
    yeses_before_a_move,
)
from directory.refusals import Refused

# The next run, ten minutes later, goes on.
AT_ONE_RUN = 500


def escalate_cover(*, now: datetime | None = None) -> int:
    """Settle the dates of the next two days that need somebody; returns how many it settled.

    The earliest offer is taken; where there is none, the moderators are told, once for a start.
    Before that, all who stand in but run no group any more are taken as unable to come.
    """
    now = now or timezone.now()
    for cover in covers_lost(now)[:AT_ONE_RUN]:
        _alone(partial(_lose, cover, now))
    for offer in yeses_before_a_move(now).select_related("person", "meeting")[:AT_ONE_RUN]:
        # Asked once whether they can come at the new time; the page says the same.
        queue(kind=kinds.COVER_ASKED, about=missing(offer.meeting), person=offer.person)
    dates = list(dates_to_settle(now).only("pk", "starts_at"))
    told = OutgoingMail.objects.filter(
        kind=kinds.COVER_MISSING, about__in=[missing(date) for date in dates]
    )
    known = set(told.values_list("about", flat=True))
    offers = of_who_may(Cover.objects.offered().filter(meeting__in=dates))
    offered = set(offers.values_list("meeting", flat=True))
    to_settle = [date.pk for date in dates if date.pk in offered or missing(date) not in known]
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
    locked = lock_cover(cover)
    if not covers_lost(now).filter(pk=locked.pk).exists():
        return False
    take_back(locked, by=None, now=now)
    return True


def _escalate(key: UUID, now: datetime) -> bool:
    meeting = lock_date(key)
    # It may have been moved or cancelled, or somebody found, before it was locked.
    soon = Meeting.everything.filter(pk=meeting.pk, starts_at__lte=now + SETTLED_BEFORE)
    if not needing_somebody(soon).exists():
        return False
    offers = of_who_may(Cover.objects.offered().filter(meeting=meeting))
    first = offers.select_related("person").first()
    if first:
        first.meeting = meeting
        let_stand_in(first, by=None)
        return True
    told = queue_for_all(
        kind=kinds.COVER_MISSING, about=missing(meeting), people=moderators_of(meeting.group)
    )
    if told:
        write_audit(meeting, None, "cover.escalated", told=told)
    return told > 0
