"""What changes of dates did, whom they concern, and which can still be undone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Person
from directory.choices import ChangeKind
from directory.models import Cover, Facilitator, Group, Meeting, ScheduleChange, Series
from directory.models.kept_rows import KeptRow, from_kept
from directory.queries.cover_names import public_name
from directory.queries.roster import members, seats_held

ABOUT = "change:"
UNDO_FOR = timedelta(minutes=5)
# So long does a group's page say that it meets at other times than before.
SAID_FOR = timedelta(weeks=6)


@dataclass(frozen=True)
class Slot:
    """When a date is, and whether it takes place: what people have to know of it."""

    starts_at: datetime
    ends_at: datetime
    is_cancelled: bool

    @classmethod
    def of(cls, meeting: Meeting) -> Slot:
        return cls(meeting.starts_at, meeting.ends_at, meeting.is_cancelled)


@dataclass(frozen=True)
class ChangedDate:
    """One date before and after a change: `was` is None for a new one, `now` for one that went."""

    id: UUID
    time_zone: str
    was: Slot | None
    now: Slot | None

    @property
    def starts(self) -> list[datetime]:
        """The old and the new start."""
        return [slot.starts_at for slot in (self.was, self.now) if slot]

    @property
    def ends(self) -> list[datetime]:
        """The old and the new end."""
        return [slot.ends_at for slot in (self.was, self.now) if slot]


def about_change(change: ScheduleChange) -> str:
    """Return the reference that mails about this change carry."""
    return f"{ABOUT}{change.pk}"


def dates_of(change: ScheduleChange) -> list[ChangedDate]:
    """Return the dates that differ since this change, as it left them, soonest first."""
    before = {row.pk: row for row in meetings_before(change)}
    after = {row.pk: row for row in _rows(Meeting, change.before.get("after", {}), "meetings")}
    found = [
        ChangedDate(
            id=pk,
            time_zone=(after.get(pk) or before[pk]).time_zone,
            was=Slot.of(before[pk]) if pk in before else None,
            now=Slot.of(after[pk]) if pk in after else None,
        )
        for pk in before.keys() | after.keys()
    ]
    differing = [date for date in found if date.was != date.now]
    return sorted(differing, key=lambda date: (min(date.starts), date.id))


def meetings_before(change: ScheduleChange) -> list[Meeting]:
    """Return the dates as they were when the change began; none of them is to be saved as is."""
    return list(_rows(Meeting, change.before, "meetings"))


def series_before(change: ScheduleChange) -> list[Series]:
    """Return the series as they were when the change began."""
    return list(_rows(Series, change.before, "series"))


def meetings_after(change: ScheduleChange) -> list[Meeting]:
    """Return the dates as the change left them, those that it made included."""
    return list(_rows(Meeting, change.before.get("after", {}), "meetings"))


def series_after(change: ScheduleChange) -> list[Series]:
    """Return the series as the change left them, those that it made included."""
    return list(_rows(Series, change.before.get("after", {}), "series"))


def is_single(change: ScheduleChange, dates: Collection[ChangedDate]) -> bool:
    """Tell whether people are told of this change by the mail about one cancelled or moved date."""
    return change.kind in {ChangeKind.CANCELLED, ChangeKind.MOVED} and len(dates) == 1


def concerned_by(group: Group | UUID, meetings: Iterable[Meeting | UUID]) -> QuerySet[Person]:
    """Return everybody who has to know when any of these dates changes, each once.

    The group's members and facilitators, and who has or awaits a seat at one of the dates, or
    said that they cover one.
    """
    me = OuterRef("pk")
    key = group.pk if isinstance(group, Group) else group
    dates = [it.pk if isinstance(it, Meeting) else it for it in meetings]
    return Person.objects.filter(
        Exists(members().filter(group=key, person=me))
        | Exists(seats_held().filter(meeting__in=dates, person=me))
        | Exists(Facilitator.objects.current().filter(group=key, person=me))
        | Exists(Cover.objects.promised().filter(meeting__in=dates, person=me))
    )


def count_concerned(
    group: Group, meetings: Iterable[Meeting | UUID], *, by: Person | None = None
) -> int:
    """Return how many people beside `by` are told when these dates change."""
    people = concerned_by(group, meetings)
    return people.exclude(pk=by.pk).count() if by else people.count()


def has_changed_since(row: Meeting | Series, then: Meeting | Series) -> bool:
    """Tell whether somebody changed a date or a series since it was like `then`."""
    if isinstance(row, Meeting):
        names = ("starts_at", "ends_at", "status", "series_id", "original_start")
    else:
        names = ("rule", "starts_at_time", "duration_minutes", "skipped_on", "ended_at")
    return any(getattr(row, name) != getattr(then, name) for name in names)


def rearranged_lately(series: Iterable[Series], *, now: datetime) -> list[tuple[Series, date]]:
    """Return the series that took over from others in the last weeks, each with since when.

    They come with the series they follow. What is still to come counts as well.
    """
    found = []
    for one in series:
        changed_on = one.created_at.astimezone(ZoneInfo(one.time_zone)).date()
        since = max(one.first_on, changed_on)
        if one.follows_id and now.date() <= since + SAID_FOR:
            found.append((one, since))
    return found


@dataclass(frozen=True)
class Undoable:
    """A change that nobody is told of yet; `who` is empty where the reader made it.

    Else it is the name that they have for others, never that of their account. `told` is how many
    people will be, None where that is not for the reader to know.
    """

    change: ScheduleChange
    who: str
    dates: list[ChangedDate]
    told: int | None

    @property
    def first(self) -> ChangedDate | None:
        """The first date that it is about."""
        return self.dates[0] if self.dates else None

    @property
    def more(self) -> int:
        """How many other dates it is about."""
        return max(len(self.dates) - 1, 0)


def undoable(
    group: Group,
    person: Person,
    *,
    now: datetime,
    meeting: Meeting | None = None,
    own_only: bool = False,
    counts: bool = True,
) -> list[Undoable]:
    """Return the changes of a group's dates, or of one date, that may be undone, newest first.

    With `own_only` those that this person made. Without `counts` it stays open how many are told:
    so many are in the group.
    """
    changes = ScheduleChange.objects.filter(group=group).may_be_undone(now)
    changes = changes.select_related("by__facilitator_profile")
    if own_only:
        changes = changes.filter(by=person)
    found = [_undoable(change, person, counts=counts) for change in changes]
    return [one for one in found if meeting is None or meeting.pk in {it.id for it in one.dates}]


def untold_cancellation(meeting: Meeting, *, now: datetime) -> ScheduleChange | None:
    """Return the change that cancelled this date alone, while nobody was told of it yet."""
    changes = ScheduleChange.objects.filter(group=meeting.group_id, kind=ChangeKind.CANCELLED)
    for change in changes.may_be_undone(now):
        if [date.id for date in dates_of(change)] == [meeting.pk]:
            return change
    return None


def _undoable(change: ScheduleChange, person: Person, *, counts: bool) -> Undoable:
    mine = change.by_id is None or change.by_id == person.pk
    is_told = change.tells_at is not None
    return Undoable(
        change=change,
        who="" if mine or change.by is None else public_name(change.by) or _("somebody else"),
        dates=dates_of(change),
        told=None if is_told and not counts else change.before.get("told", 0),
    )


def _rows(model: type[Any], kept: dict[str, list[KeptRow]], name: str) -> Iterator[Any]:
    return (from_kept(model, row) for row in kept.get(name, []))
