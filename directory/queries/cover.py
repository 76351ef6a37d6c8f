"""Who is there at a date: who runs the group, who stands in, who was asked to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import Person
from directory.choices import CoverState, GroupStatus, MeetingStatus
from directory.models import Cover, Facilitator, Group, Meeting
from directory.models.cover import CoverQuerySet
from directory.models.meetings import MeetingQuerySet

# From here on nobody waits for an answer any more.
SETTLED_BEFORE = timedelta(hours=48)
# Who stands in still counts the day after how many came.
COVERS_FOR = timedelta(days=1)
LOOKS_AHEAD = timedelta(weeks=12)
# A request that was not answered with a yes still stands: somebody cannot come.
REQUESTED = (CoverState.ASKED, CoverState.OFFERED, CoverState.DECLINED)


@dataclass(frozen=True)
class DateCover:
    """A date, who runs its group (the lead first), and the cover that is asked for or found."""

    meeting: Meeting
    facilitators: tuple[Person, ...]
    accepted: Cover | None
    asked: tuple[Cover, ...]
    # Those of them that can be accepted, the earliest first.
    offers: tuple[Cover, ...]
    # Whether nobody waits for an answer any more.
    is_soon: bool

    @property
    def answerable(self) -> Person | None:
        """Who stands in, or else who runs the group: the lead before the others."""
        if self.accepted:
            return self.accepted.person
        return self.facilitators[0] if self.facilitators else None

    @property
    def needs_somebody(self) -> bool:
        """Whether whoever runs the group looks for somebody, or there is nobody at all."""
        if self.meeting.is_cancelled or self.accepted:
            return False
        return bool(self.asked) or not self.facilitators


@dataclass(frozen=True)
class Week:
    """The dates of one week, from the Monday on."""

    monday: date
    dates: list[DateCover]


def may_cover(group: Group) -> QuerySet[Person]:
    """Return who may stand in at a date of this group: who runs a group of its organisation."""
    now = Facilitator.objects.current().filter(group__organisation=group.organisation_id)
    people = Person.objects.filter(pk__in=now.values("person"), is_active=True)
    return people.order_by("display_name", "pk")


def still_may() -> Exists:
    """Return the condition on covers that the person runs a group of the date's organisation."""
    runs_some = Facilitator.objects.current().filter(
        person=OuterRef("person"),
        person__is_active=True,
        group__organisation=OuterRef("meeting__group__organisation"),
    )
    return Exists(runs_some)


def whom_to_ask(group: Group, by: Person) -> list[tuple[Person, list[str]]]:
    """Return who else may stand in, each with the published groups that they run, by name."""
    runs = Facilitator.objects.current().filter(group__organisation=group.organisation_id)
    people = runs.filter(person__is_active=True).exclude(person=by).select_related("person")
    rows = people.order_by("person__display_name", "person", "group__name")
    found: dict[UUID, tuple[Person, list[str]]] = {}
    for row in rows.select_related("group"):
        names = found.setdefault(row.person_id, (row.person, []))[1]
        if row.group.is_published:
            names.append(row.group.name)
    return list(found.values())


def of_who_may(covers: CoverQuerySet) -> CoverQuerySet:
    """Leave out people who no longer run any group of the date's organisation."""
    return covers.filter(still_may())


def covers_date(person: Person, meeting: Meeting, now: datetime) -> bool:
    """Tell whether this person stands in at this very date, until a day after its end."""
    if meeting.ends_at + COVERS_FOR <= now:
        return False
    accepted = Cover.objects.accepted().asked_of(person).filter(meeting=meeting)
    return of_who_may(accepted).exists()


def covered_by(person: Person, now: datetime) -> MeetingQuerySet:
    """Return the dates at which this person stands in, until a day after each."""
    accepted = of_who_may(Cover.objects.accepted().asked_of(person))
    dates = Meeting.everything.filter(pk__in=accepted.values("meeting"))
    return dates.filter(ends_at__gt=now - COVERS_FOR)


def answerable(meeting: Meeting) -> Person | None:
    """Return who answers for a date: who stands in, else the lead, else a co-facilitator."""
    return with_cover([meeting], timezone.now())[0].answerable


def with_cover(meetings: Iterable[Meeting], now: datetime) -> list[DateCover]:
    """Say of each date who is there. Two queries, however many dates."""
    dates = list(meetings)
    running = _running({date.group_id for date in dates})
    covers = _covers(dates)
    found = []
    for meeting in dates:
        rows = covers[meeting.pk]
        taken = [row for row in rows if row.state == CoverState.ACCEPTED]
        accepted = next((row for row in taken if row.still_may), None)
        asked = tuple(row for row in rows if row not in taken and not accepted)
        people = tuple(running[meeting.group_id])
        offered = [row for row in asked if row.is_offered and row.still_may]
        offers = tuple(sorted(offered, key=lambda row: (row.answered_at, row.pk)))
        is_soon = meeting.starts_at - SETTLED_BEFORE <= now
        found.append(DateCover(meeting, people, accepted, asked, offers, is_soon))
    return found


def _running(groups: set[UUID]) -> defaultdict[UUID, list[Person]]:
    current = Facilitator.objects.current().filter(group__in=groups, person__is_active=True)
    rows = current.select_related("person").order_by("-role", "since_at", "pk")
    running: defaultdict[UUID, list[Person]] = defaultdict(list)
    for row in rows:
        running[row.group_id].append(row.person)
    return running


def _covers(dates: list[Meeting]) -> defaultdict[UUID, list[Any]]:
    by_key = {date.pk: date for date in dates}
    rows = Cover.objects.filter(meeting__in=by_key, state__in=(*REQUESTED, CoverState.ACCEPTED))
    rows = rows.annotate(still_may=still_may()).select_related("person")
    covers: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in rows.order_by("person__display_name", "pk"):
        row.meeting = by_key[row.meeting_id]
        covers[row.meeting_id].append(row)
    return covers


def coming_by_week(groups: Iterable[Group], now: datetime) -> list[Week]:
    """Return the dates of the next twelve weeks of these groups, week by week. Three queries."""
    dates = Meeting.everything.filter(group__in=list(groups)).coming(now)
    soon = dates.filter(starts_at__lt=now + LOOKS_AHEAD).for_listing()
    rows = sorted(with_cover(soon, now), key=lambda row: (_monday(row), row.meeting.starts_at))
    return [Week(monday, list(dates)) for monday, dates in groupby(rows, key=_monday)]


def _monday(row: DateCover) -> date:
    day = row.meeting.local_day
    return day - timedelta(days=day.weekday())


def asked_of(person: Person, now: datetime) -> CoverQuerySet:
    """Return what this person was asked and has not answered for the start as it is now."""
    moved = Q(state=CoverState.OFFERED) & ~Q(answered_for=F("meeting__starts_at"))
    rows = Cover.objects.asked_of(person).filter(Q(state=CoverState.ASKED) | moved)
    return _coming(rows, now).filter(meeting__status=MeetingStatus.SCHEDULED)


def promised_by(person: Person, now: datetime) -> CoverQuerySet:
    """Return where this person said yes: offered and not answered yet, or standing in."""
    offered = Q(state=CoverState.OFFERED, answered_for=F("meeting__starts_at"))
    rows = Cover.objects.asked_of(person).filter(offered | Q(state=CoverState.ACCEPTED))
    return _coming(rows, now)


def _coming(covers: CoverQuerySet, now: datetime) -> CoverQuerySet:
    published = GroupStatus.PUBLISHED
    rows = of_who_may(covers).filter(meeting__ends_at__gt=now, meeting__group__status=published)
    related = rows.select_related("meeting__group__organisation", "meeting__group__place")
    return related.select_related("asked_by").order_by("meeting__starts_at", "pk")


def count_waiting(person: Person, now: datetime) -> int:
    """Return how many dates wait for this facilitator: a yes or no, or an offer to accept."""
    groups = Group.everything.facilitated_by(person)
    offers = Cover.objects.offered().filter(meeting__group__in=groups).exclude(person=person)
    going = _coming(offers, now).filter(meeting__status=MeetingStatus.SCHEDULED)
    return asked_of(person, now).count() + going.values("meeting").distinct().count()
