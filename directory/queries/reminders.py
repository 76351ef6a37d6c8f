"""Who is to be reminded of a date, and when that still makes sense."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    F,
    Func,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat

from accounts.choices import MailPreference
from directory.choices import GroupStatus, MeetingStatus, SeatState
from directory.models import Meeting, Seat
from directory.queries.roster import seats_held

# What a person can choose from: hours before a date.
LEADS = (168, 48, 24, 3, 1)
A_BIT_LATE, VERY_LATE = timedelta(hours=1), timedelta(hours=12)
FAR_AWAY = Value(date.max)


def lateness(hours: int) -> timedelta:
    """Return how late a reminder of so many hours before may be and still be one."""
    return min(max(timedelta(hours=hours) / 4, A_BIT_LATE), VERY_LATE)


def about_reminder(meeting: Meeting, hours: int) -> str:
    """Return the reference of a reminder: of this date, at this start, so many hours before."""
    return f"reminder:{meeting.pk}:{int(meeting.starts_at.timestamp())}:{hours}"


def expected(now: datetime) -> QuerySet[Seat]:
    """Return the places of everybody who is to come to a date that has not begun."""
    is_away = Q(
        membership__away_from__lte=F("meeting__local_day"), away_last__gte=F("meeting__local_day")
    )
    held = seats_held().alias(away_last=Coalesce("membership__away_until", FAR_AWAY))
    return held.exclude(is_away).filter(
        state=SeatState.CONFIRMED,
        meeting__status=MeetingStatus.SCHEDULED,
        meeting__starts_at__gt=now,
        meeting__group__status=GroupStatus.PUBLISHED,
    )


def reminders_due(now: datetime) -> QuerySet[Any]:
    """Return the places whose people are to be reminded now, with the reference as `about`.

    Whoever has been reminded already is among them. Who took their place after the moment of the
    reminder has just been at the page; who hears of a new start after it has just been told.
    """
    whens = [
        When(
            meeting__starts_at__gt=now + timedelta(hours=hours) - lateness(hours),
            meeting__starts_at__lte=now + timedelta(hours=hours),
            person__reminder_hours__contains=[hours],
            then=Value(hours),
        )
        for hours in LEADS
    ]
    moment = F("meeting__starts_at") - F("hours") * Value(timedelta(hours=1))
    told_since = ~Q(meeting__starts_at=F("was_at")) & Q(meeting__updated_at__gt=moment)
    due = (
        expected(now)
        .filter(meeting__starts_at__lte=now + timedelta(hours=max(LEADS)))
        .filter(person__is_active=True, person__is_safe_to_email=True)
        .exclude(person__mail_preference=MailPreference.NONE)
        .alias(
            hours=Case(*whens, output_field=IntegerField()),
            was_at=Coalesce("meeting__planned_start", "meeting__original_start"),
        )
        .filter(hours__isnull=False, changed_at__lte=moment)
    )
    return due.exclude(told_since).annotate(about=_about())


def _about() -> Concat:
    """Say in SQL what `about_reminder` says."""
    start = Func(
        F("meeting__starts_at"),
        template="floor(extract(epoch FROM %(expressions)s))::bigint",
        output_field=BigIntegerField(),
    )
    parts = (Cast(it, CharField()) for it in (F("meeting_id"), start, F("hours")))
    first, *others = parts
    joined = [piece for part in others for piece in (Value(":"), part)]
    return Concat(Value("reminder:"), first, *joined)
