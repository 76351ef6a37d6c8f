"""What a person's own calendar holds: dates they have a place at, facilitate, or cover."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import CharField, F, Func, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone

from accounts.models import Person
from directory.calendar_links import hash_of
from directory.choices import SeatState
from directory.models import Consent, Cover, Group, Meeting, PrivateCalendar, Seat
from directory.queries.calendar import kept_since
from directory.queries.cover import of_who_may

# So long before its address ends a person is told: time enough for somebody who is away.
ENDING_TOLD = timedelta(weeks=2)
ABOUT_ENDING = "calendar_until:"


@dataclass(frozen=True)
class PrivateDate:
    """One date of a person; `is_certain`: they have a place, or run it."""

    meeting: Meeting
    is_certain: bool
    changed_at: datetime

    @classmethod
    def with_seat(cls, seat: Seat) -> PrivateDate:
        """Return the date of a seat; its meeting is read already."""
        is_certain = seat.state == SeatState.CONFIRMED
        return cls(seat.meeting, is_certain, max(seat.meeting.updated_at, seat.changed_at))

    @classmethod
    def certain(cls, meeting: Meeting) -> PrivateDate:
        """Return a date that takes place for this person, whoever else comes."""
        return cls(meeting, is_certain=True, changed_at=meeting.updated_at)


def calendar_of(person: Person) -> PrivateCalendar | None:
    """Return this person's calendar, ended or not."""
    return PrivateCalendar.objects.filter(person=person).first()


def calendar_behind(token: str, now: datetime | None = None) -> PrivateCalendar | None:
    """Return the calendar that has this address now, with its person.

    It is looked up by the hash, so nothing is compared that could tell by its time how much of a
    guess was right.
    """
    standing = PrivateCalendar.objects.filter(
        expires_at__gt=now or timezone.now(), person__is_active=True
    )
    return standing.select_related("person").filter(token_hash=hash_of(token)).first()


def calendars_ending(now: datetime) -> QuerySet[Any]:
    """Return the calendars whose address ends within two weeks, with a reference as `about`.

    It names the address by its last day: a new one ends on another.
    """
    soon = PrivateCalendar.objects.filter(
        expires_at__gt=now, expires_at__lte=now + ENDING_TOLD, person__is_active=True
    )
    day = Func(
        F("expires_at"),
        template="to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD')",
        output_field=CharField(),
    )
    return soon.annotate(about=Concat(Value(ABOUT_ENDING), day))


def about_ending(calendar: PrivateCalendar) -> str:
    """Return the reference that the mail about the end of this address carries."""
    return f"{ABOUT_ENDING}{calendar.expires_at.astimezone(UTC):%Y-%m-%d}"


def own_dates(person: Person, now: datetime | None = None) -> list[PrivateDate]:
    """Return the dates of a person, soonest first; those of the last weeks and cancelled ones too.

    Two queries for any number.
    """
    now = now or timezone.now()
    dates = {seat.meeting_id: PrivateDate.with_seat(seat) for seat in _seats(person, now)}
    for meeting in _facilitated(person, now):
        dates[meeting.pk] = PrivateDate.certain(meeting)
    return sorted(dates.values(), key=lambda date: (date.meeting.starts_at, date.meeting.pk))


def _seats(person: Person, now: datetime) -> list[Seat]:
    """Return the seats that are held or waited for, while the consent to knowing so stands."""
    consented = Consent.objects.standing().filter(person=person).values("group")
    offered = Q(state=SeatState.OFFERED, offer_expires_at__gt=now)
    held = Q(state__in=(SeatState.CONFIRMED, SeatState.WAITING)) | offered
    shown = Meeting.objects.filter(group__in=consented, ends_at__gt=kept_since(now))
    return list(Seat.objects.of(person).filter(held, meeting__in=shown).select_related("meeting"))


def _facilitated(person: Person, now: datetime) -> list[Meeting]:
    """Return the dates that this person runs; where somebody said they cover for them, not."""
    groups = Group.everything.facilitated_by(person).values("id")
    covers = of_who_may(Cover.objects.accepted())
    runs = Q(group__in=groups) | Q(id__in=covers.filter(person=person).values("meeting"))
    covered = covers.filter(asked_by=person).exclude(person=person).values("meeting")
    dates = Meeting.everything.filter(runs, ends_at__gt=kept_since(now))
    return list(dates.exclude(id__in=covered))
