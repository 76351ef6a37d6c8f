"""What is still to be told of changes of dates: from what people know to how the dates are now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from accounts.choices import MailState
from accounts.models import OutgoingMail, Person
from directory.models import Group, Meeting, ScheduleChange
from directory.models.changes import ScheduleChangeQuerySet
from directory.queries.changes import (
    ChangedDate,
    Slot,
    dates_of,
    is_single,
)


def dates_to_tell(change: ScheduleChange) -> list[ChangedDate]:
    """Return what the mail about a change has to say, as the dates are now, soonest first.

    What was done since without telling anybody is told with it. A date that was changed again,
    and that people are told of again, is left to the later mail; one that nobody has heard of is
    told by the mail about the change that made it. What is again as people know it is left out.
    """
    first = _first_untold(change)
    later = [(_ids(one), upon_of(one)) for one in _later(change)]
    mine = [date.id for date in dates_of(change)]
    rows = Meeting.everything.in_bulk(mine)
    found = []
    for pk in mine:
        teller, was = first[pk]
        others = [upon for ids, upon in later if pk in ids]
        if was is None:
            is_mine = teller == change.pk and all(str(change.pk) in upon for upon in others)
        else:
            is_mine = not others
        if is_mine and pk in rows and _is_news(was, now := Slot.of(rows[pk])):
            found.append(ChangedDate(id=pk, time_zone=rows[pk].time_zone, was=was, now=now))
    return sorted(found, key=lambda date: (min(date.starts), date.id))


def change_that_tells(meeting: Meeting) -> ScheduleChange | None:
    """Return the change that the mail about a single date is of, None where none was noted."""
    changes = _announced(meeting.group_id).filter(
        before__meetings__contains=[{"id": str(meeting.pk)}]
    )
    for change in changes.order_by("-made_at"):
        if meeting.pk in _ids(change):
            return change if is_single(change, dates_of(change)) else None
    return None


def untold_below(change: ScheduleChange, *, now: datetime) -> list[str]:
    """Return the keys of the announced changes under this one that nobody was told of by `now`.

    A change of the same dates holds the mails about earlier ones back until it stands itself.
    """
    ids = _ids(change)
    earlier = ScheduleChange.objects.standing().filter(
        group=change.group_id, undo_until__gt=now, made_at__lte=change.made_at
    )
    found: dict[str, None] = {}
    for one in earlier.exclude(pk=change.pk).order_by("made_at"):
        if ids & _ids(one):
            found |= dict.fromkeys(_with_below(one))
    return list(found)


def upon_of(change: ScheduleChange) -> list[str]:
    """Return the keys of the untold changes on which this one was made."""
    upon: list[str] = change.before.get("upon", [])
    return upon


def count_untold(group: Group, meetings: Iterable[Meeting]) -> int:
    """Return how many people are still to be told of an earlier change of these dates."""
    ids = {meeting.pk for meeting in meetings}
    changes = ScheduleChange.objects.filter(group=group).may_be_undone()
    keys = {key for one in changes if ids & _ids(one) for key in _with_below(one)}
    if not keys:
        return 0
    about = [f"change:{key}" for key in keys] + [f"meeting:{pk}" for pk in ids]
    mails = OutgoingMail.objects.filter(about__in=about, state=MailState.WAITING)
    return Person.objects.filter(pk__in=mails.values("person")).count()


def _with_below(change: ScheduleChange) -> list[str]:
    """Return the keys of the changes of which people hear once this one stands."""
    return [*upon_of(change), *([] if change.tells_at is None else [str(change.pk)])]


def _announced(group: UUID) -> ScheduleChangeQuerySet:
    return ScheduleChange.objects.standing().filter(group=group, tells_at__isnull=False)


def _later(change: ScheduleChange) -> list[ScheduleChange]:
    """Return the changes since of which people are told as well."""
    later = _announced(change.group_id).filter(made_at__gt=change.made_at)
    return list(later.exclude(pk=change.pk))


def _first_untold(change: ScheduleChange) -> dict[UUID, tuple[UUID, Slot | None]]:
    """Return who is first to tell of each date, and how it was before: people know it so."""
    below = _announced(change.group_id).filter(pk__in=upon_of(change)).order_by("made_at")
    first: dict[UUID, tuple[UUID, Slot | None]] = {}
    for one in [*below, change]:
        for date in dates_of(one):
            first.setdefault(date.id, (one.pk, date.was))
    return first


def _ids(change: ScheduleChange) -> set[UUID]:
    return {date.id for date in dates_of(change)}


def _is_news(was: Slot | None, now: Slot) -> bool:
    """Tell whether people know something else; a date that is off and was never on is no news."""
    is_off = now.is_cancelled and (was is None or was.is_cancelled)
    return was != now and not is_off
