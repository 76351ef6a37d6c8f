"""What somebody looks for, and the groups and meetings that answer it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime
from itertools import takewhile
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Subquery
from django.utils import timezone

from directory.choices import Format
from directory.models import Group, Meeting, Topic
from directory.models.groups import GroupQuerySet
from directory.models.meetings import MeetingQuerySet

# Dates read for a row of a list: the next one, and the one after where that is cancelled.
DATES_A_ROW = 3
SUGGESTIONS = 3


@dataclass(frozen=True, kw_only=True)
class Search:
    """What somebody looks for; several values of one kind mean any of them.

    `topics` are slugs, `days` values of `Weekday`, `formats` of `Format`.
    """

    words: str = ""
    topics: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()

    @property
    def kinds(self) -> list[str]:
        """The kinds of filter in use."""
        return [field.name for field in fields(self) if getattr(self, field.name)]

    def without(self, kind: str, value: str = "") -> Search:
        """Return the same search without one value, or without all values of a kind."""
        held: str | tuple[str, ...] = getattr(self, kind)
        left: Any = ""
        if not isinstance(held, str):
            left = tuple(one for one in held if value and one != value)
        return replace(self, **{kind: left})


def groups_found(search: Search, now: datetime | None = None) -> GroupQuerySet:
    """Return published groups that answer `search`, those that meet soonest first.

    `next_start` is when a group next meets; None, and last, where no date is set.
    """
    now = now or timezone.now()
    groups: GroupQuerySet = Group.objects.all()
    if search.words:
        groups = groups.mentioning(search.words)
    if search.topics:
        groups = groups.about(list(search.topics))
    if search.formats:
        groups = groups.in_formats(list(search.formats))
    ahead = _dates_ahead(now)
    if search.days:
        ahead = ahead.on_weekdays(search.days)
        groups = groups.filter(Exists(ahead))
    next_start = Subquery(ahead.values("starts_at")[:1])
    return groups.annotate(next_start=next_start).order_by(
        F("next_start").asc(nulls_last=True), "name", "id"
    )


def _dates_ahead(now: datetime | None) -> MeetingQuerySet:
    """Return the coming dates of a group that go ahead, for use inside a query of groups."""
    return Meeting.everything.filter(group=OuterRef("pk")).coming(now).going_ahead()


def meetings_found(search: Search, now: datetime | None = None) -> MeetingQuerySet:
    """Return coming dates of groups that answer `search`, in the order of their own calendars.

    Cancelled dates are among them: who meant to come has to learn of it.
    """
    meetings: MeetingQuerySet = Meeting.objects.coming(now).with_local_day()
    if search.days:
        meetings = meetings.on_weekdays(search.days)
    if search.words or search.topics or search.formats:
        groups = groups_found(search.without("days"), now).order_by().values("pk")
        meetings = meetings.filter(group__in=groups)
    return meetings.order_by(F("local_day"), "starts_at", "id")


@dataclass(frozen=True)
class GroupRow:
    """A group in a list: its next date that goes ahead, and those cancelled before it."""

    group: Group
    next_date: Meeting | None
    cancelled: list[Meeting]


def group_rows(
    groups: Iterable[Group], now: datetime | None = None, days: Iterable[str] = ()
) -> list[GroupRow]:
    """Return a row for each group; one query for the dates of all of them.

    With `days`, a row tells of those weekdays alone: who asked for Tuesdays reads of a Tuesday.
    """
    found = list(groups)
    dates = next_dates_of(found, now=now, days=days)
    return [_row(group, dates[group.pk]) for group in found]


def _row(group: Group, dates: list[Meeting]) -> GroupRow:
    next_date = next((date for date in dates if not date.is_cancelled), None)
    cancelled = list(takewhile(lambda date: date.is_cancelled, dates))
    return GroupRow(group, next_date, cancelled)


def next_dates_of(
    groups: Iterable[Group],
    count: int = DATES_A_ROW,
    now: datetime | None = None,
    days: Iterable[str] = (),
) -> dict[UUID, list[Meeting]]:
    """Return the next `count` dates of each of these groups, cancelled and moved ones included."""
    dates: dict[UUID, list[Meeting]] = {group.pk: [] for group in groups}
    coming = Meeting.everything.filter(group__in=list(dates))
    if days:
        coming = coming.on_weekdays(days)
    for meeting in coming.next_of_each_group(count, now):
        dates[meeting.group_id].append(meeting)
    return dates


def hits_without(search: Search, now: datetime | None = None) -> list[tuple[str, int]]:
    """Return how many groups there would be without each kind of filter in use, most first."""
    hits = [(kind, groups_found(search.without(kind), now).count()) for kind in search.kinds]
    return sorted((hit for hit in hits if hit[1]), key=lambda hit: -hit[1])


def online_instead(search: Search, now: datetime | None = None) -> list[Group]:
    """Return a few groups that one can join from anywhere, on the same topics if any are known."""
    wanted = Search(topics=search.topics, formats=(Format.ONLINE, Format.HYBRID))
    found = groups_found(wanted, now).filter(Exists(_dates_ahead(now))).select_related("place")
    return list(found[:SUGGESTIONS])


def topics_to_choose() -> list[Topic]:
    """Return all topics; `is_used` says whether a published group is on one."""
    of_published = Group.topics.through.objects.filter(
        topic=OuterRef("pk"), group__in=Group.objects.all()
    )
    return list(Topic.objects.annotate(is_used=Exists(of_published)))
