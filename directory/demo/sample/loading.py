"""Makes a sample batch by batch, so that a million groups take no more memory than a thousand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import Person
from directory.actions.finder import refresh_whole_finder
from directory.choices import Format
from directory.demo.sample.dates import COLUMNS, Span, dates_of, make_series
from directory.demo.sample.groups import make_group
from directory.demo.sample.people import make_facilitators, make_people
from directory.demo.sample.places import Home, language_of, make_home
from directory.demo.sample.surroundings import Surroundings, read_surroundings
from directory.models import (
    Facilitator,
    FacilitatorProfile,
    Group,
    Meeting,
    OnlineRoom,
    Organisation,
    Place,
    Series,
)
from directory.models.copying import copy_into, copy_rows

GROUPS_AN_ORGANISATION = 20
BATCH = 2000

# Told how many groups there are by now.
Progress = Callable[[int], None]


@dataclass
class Batch:
    """The rows of some groups, in the order in which they refer to each other."""

    organisations: list[Organisation] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    profiles: list[FacilitatorProfile] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    rooms: list[OnlineRoom] = field(default_factory=list)
    facilitators: list[Facilitator] = field(default_factory=list)
    series: list[Series] = field(default_factory=list)
    topics: list[tuple[Any, ...]] = field(default_factory=list)
    dates: list[tuple[Any, ...]] = field(default_factory=list)

    def write(self) -> None:
        """Write everything, by COPY."""
        rows: list[list[Any]] = [self.organisations, self.places, self.people, self.profiles]
        rows += [self.groups, self.rooms, self.facilitators, self.series]
        for those in rows:
            copy_rows(those)
        copy_into(Group.topics.through._meta.db_table, ("group_id", "topic_id"), self.topics)
        copy_into(Meeting._meta.db_table, COLUMNS, self.dates)


def load_sample(
    groups: int, *, weeks: int, seed: int, progress: Progress, now: datetime | None = None
) -> None:
    """Add so many published groups with dates `weeks` ahead, and make them found.

    The same seed gives the same groups, after those that are there already; the dates are those
    from `now` on. Topics and towns have to be there.
    """
    now = now or timezone.now()
    span = Span(now, now + timedelta(weeks=weeks))
    surroundings = read_surroundings()
    first = Group.everything.count()
    for start in range(first, first + groups, BATCH):
        numbers = range(start, min(start + BATCH, first + groups))
        with transaction.atomic():
            _make_batch(numbers, surroundings, span, seed).write()
        progress(numbers.stop - first)
    refresh_whole_finder()
    record(by=None, action="sample.loaded", about="site", groups=groups)


def tidy() -> None:
    """Let PostgreSQL clear up and count what is there: after so much it plans well only then."""
    if not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _make_batch(numbers: range, surroundings: Surroundings, span: Span, seed: int) -> Batch:
    # A batch is drawn by itself: it is the same whatever was made before it.
    chance = Random(f"{seed}:{numbers.start}")  # noqa: S311 (nothing of it is secret)
    batch = Batch()
    for start in range(numbers.start, numbers.stop, GROUPS_AN_ORGANISATION):
        of_one = range(start, min(start + GROUPS_AN_ORGANISATION, numbers.stop))
        _add_organisation(batch, of_one, surroundings, span, chance)
    return batch


def _add_organisation(
    batch: Batch, numbers: range, surroundings: Surroundings, span: Span, chance: Random
) -> None:
    home = make_home(numbers.start, surroundings, chance)
    people, profiles = make_people(numbers.start, chance)
    batch.organisations.append(home.organisation)
    batch.places += home.places
    batch.people += people
    batch.profiles += profiles
    for number in numbers:
        _add_group(batch, number, home, people, surroundings, span, chance)


def _add_group(
    batch: Batch,
    number: int,
    home: Home,
    people: list[Person],
    surroundings: Surroundings,
    span: Span,
    chance: Random,
) -> None:
    sample = make_group(number, home, surroundings, chance, span.now)
    group = sample.group
    series = make_series(sample, span, chance)
    batch.groups.append(group)
    batch.series.append(series)
    batch.topics += [(group.pk, topic) for topic in sample.topics]
    batch.facilitators += make_facilitators(group, people, chance)
    batch.dates += dates_of(series, language_of(group.country), span, chance)
    if group.format != Format.IN_PERSON:
        url = f"https://rooms.waymeet.example/{number}"
        batch.rooms.append(OnlineRoom(group=group, url=url, passcode="kettle"))
