"""Who is there at a date: who runs the group, who stands in, who was asked to.

What who stands in may see of it is in `cover_access`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Person
from directory.choices import CoverState, GroupStatus, MeetingStatus
from directory.models import Cover, Facilitator, Group, Meeting
from directory.models.cover import CoverQuerySet, before_a_move
from directory.queries.cover_names import name_of, public_name

# From here on nobody waits for an answer any more.
SETTLED_BEFORE = timedelta(hours=48)
LOOKS_AHEAD = timedelta(weeks=12)
# A request that was not answered with a yes still stands: somebody cannot come.
REQUESTED = (CoverState.ASKED, CoverState.OFFERED, CoverState.DECLINED)


@dataclass(frozen=True)
class DateCover:
    """A date, who runs its group (the lead first), and the cover that is asked for or found.

    Each row of cover has a `name`: that which its person has for other groups.
    """

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
    def answerable_name(self) -> str:
        """By what name facilitators of other groups know who is answerable."""
        if self.accepted:
            return str(getattr(self.accepted, "name", ""))
        return name_of(self.answerable, self.meeting.group.name) if self.answerable else ""

    @property
    def needs_somebody(self) -> bool:
        """Whether whoever runs the group looks for somebody, or there is nobody at all."""
        if self.meeting.is_cancelled or self.accepted:
            return False
        return bool(self.asked) or not self.facilitators


def may_cover(group: Group) -> QuerySet[Person]:
    """Return who may stand in at a date of this group: who runs a group of its organisation."""
    now = Facilitator.objects.current().filter(group__organisation=group.organisation_id)
    people = Person.objects.filter(pk__in=now.values("person"), is_active=True)
    return people.order_by("pk")


def still_may() -> Exists:
    """Return the condition on covers that the person runs a group of the date's organisation."""
    runs_some = Facilitator.objects.current().filter(
        person=OuterRef("person"),
        person__is_active=True,
        group__organisation=OuterRef("meeting__group__organisation"),
    )
    return Exists(runs_some)


@dataclass(frozen=True)
class Colleague:
    """Who may be asked: a first name, where they have one for others, and the groups they run.

    Only published groups, by name; of who runs drafts alone there are none.
    """

    person: Person
    first_name: str
    groups: tuple[str, ...]


def whom_to_ask(group: Group, by: Person) -> list[Colleague]:
    """Return who else may stand in, by first name; those without one come last."""
    runs = Facilitator.objects.current().filter(group__organisation=group.organisation_id)
    rows = runs.filter(person__is_active=True).exclude(person=by).order_by("group__name", "pk")
    people: dict[UUID, Person] = {}
    groups: defaultdict[UUID, list[str]] = defaultdict(list)
    for row in rows.select_related("person__facilitator_profile", "group"):
        people.setdefault(row.person_id, row.person)
        if row.group.is_published:
            groups[row.person_id].append(row.group.name)
    found = [Colleague(one, public_name(one), tuple(groups[key])) for key, one in people.items()]
    return sorted(found, key=lambda one: (not one.first_name, one.first_name, one.groups))


def of_who_may(covers: CoverQuerySet) -> CoverQuerySet:
    """Leave out people who no longer run any group of the date's organisation."""
    return covers.filter(still_may())


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
        taken = [row for row in rows if row.stands_in]
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
    rows = current.select_related("person__facilitator_profile")
    rows = rows.order_by("-role", "since_at", "pk")
    running: defaultdict[UUID, list[Person]] = defaultdict(list)
    for row in rows:
        running[row.group_id].append(row.person)
    return running


def _covers(dates: list[Meeting]) -> defaultdict[UUID, list[Any]]:
    by_key = {date.pk: date for date in dates}
    rows = Cover.objects.filter(meeting__in=by_key, state__in=(*REQUESTED, CoverState.ACCEPTED))
    rows = rows.annotate(still_may=still_may(), runs=_own_group())
    named: Iterable[Any] = rows.select_related("person__facilitator_profile").order_by(
        "asked_at", "pk"
    )
    covers: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in named:
        row.meeting = by_key[row.meeting_id]
        row.name = name_of(row.person, row.runs)
        covers[row.meeting_id].append(row)
    return covers


def _own_group() -> Coalesce:
    """Return which group who is asked runs themselves, or else the organisation, by name."""
    own = Facilitator.objects.current().filter(
        person=OuterRef("person"),
        group__organisation=OuterRef("meeting__group__organisation"),
        group__status=GroupStatus.PUBLISHED,
    )
    names = own.order_by("group__name").values("group__name")[:1]
    return Coalesce(Subquery(names), F("meeting__group__organisation__name"))


def asked_of(person: Person, now: datetime) -> CoverQuerySet:
    """Return what this person was asked and has not answered for the start as it is now.

    With `asker_runs_it`: whether who asked runs the group, or else looks after it.
    """
    said_yes = Q(state__in=(CoverState.OFFERED, CoverState.ACCEPTED))
    unanswered = Q(state=CoverState.ASKED) | (said_yes & before_a_move())
    rows = Cover.objects.asked_of(person).filter(unanswered)
    runs_it = Facilitator.objects.current().filter(
        group=OuterRef("meeting__group"), person=OuterRef("asked_by")
    )
    going = _coming(rows, now).filter(meeting__status=MeetingStatus.SCHEDULED)
    return going.annotate(asker_runs_it=Exists(runs_it))


def promised_by(person: Person, now: datetime) -> CoverQuerySet:
    """Return where this person said yes: offered and not answered yet, or standing in."""
    said_yes = (CoverState.OFFERED, CoverState.ACCEPTED)
    rows = Cover.objects.asked_of(person).filter(state__in=said_yes).exclude(before_a_move())
    return _coming(rows, now)


def _coming(covers: CoverQuerySet, now: datetime) -> CoverQuerySet:
    published = GroupStatus.PUBLISHED
    rows = of_who_may(covers).filter(meeting__ends_at__gt=now, meeting__group__status=published)
    related = rows.select_related("meeting__group__organisation", "meeting__group__place")
    related = related.select_related("asked_by__facilitator_profile")
    return related.order_by("meeting__starts_at", "pk")


def count_waiting(person: Person, now: datetime) -> int:
    """Return how many dates wait for this facilitator: a yes or no, or an offer to accept."""
    groups = Group.everything.facilitated_by(person)
    offers = Cover.objects.offered().filter(meeting__group__in=groups).exclude(person=person)
    going = _coming(offers, now).filter(meeting__status=MeetingStatus.SCHEDULED)
    return asked_of(person, now).count() + going.values("meeting").distinct().count()
