"""Bring groups up to what their feed says now: what changed there, not what was edited here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast
from uuid import UUID

from django.utils.translation import gettext as _

from directory.actions.imports.creating import ROWS_A_STATEMENT, Places
from directory.actions.imports.rescheduling import hold_dates, reschedule
from directory.actions.imports.terms import ImportReport, Terms, Touched
from directory.actions.imports.wanted import (
    ANSWER_WITHIN_DAYS,
    GROUP_FIELDS,
    ROOM_FIELDS,
    current,
    fingerprint,
    wanted,
)
from directory.actions.seats import follow_format
from directory.choices import Format, GroupStatus, Joining
from directory.listings import Listing
from directory.models import Group, ImportedListing, OnlineRoom, Series

WRITTEN = (
    *GROUP_FIELDS,
    *("place", "private_notes", "answer_within_days", "status", "published_at", "confirmed_on"),
    *("version", "updated_at"),
)


@dataclass(slots=True)
class Refreshed:
    """One known row, with what stands here and what is to be written."""

    known: ImportedListing
    listing: Listing
    group: Group
    room: OnlineRoom | None
    series: list[Series]
    place_before: UUID | None = None
    format_before: str = ""
    topic_before: str = ""
    changed: set[str] = field(default_factory=set)
    kept: list[str] = field(default_factory=list)


def refresh_groups(
    pairs: list[tuple[ImportedListing, Listing]],
    terms: Terms,
    places: Places,
    report: ImportReport,
    touched: Touched,
) -> None:
    """Compare each known row with its group, and write what the feed changed."""
    rows = [_read(known, listing, series) for known, listing, series in _with_series(pairs)]
    for row in rows:
        _merge(row, terms, places)
    rows = [row for row in rows if _holds_dates(row, terms, report, touched)]
    for row in rows:
        _settle_status(row, terms, report)
    places.save()
    _write(rows, terms, report, touched)


def _with_series(
    pairs: list[tuple[ImportedListing, Listing]],
) -> list[tuple[ImportedListing, Listing, list[Series]]]:
    by_group: dict[Any, list[Series]] = {known.group_id: [] for known, _listing in pairs}
    for series in Series.objects.filter(group__in=list(by_group), ended_at=None):
        by_group[series.group_id].append(series)
    return [(known, listing, by_group[known.group_id]) for known, listing in pairs]


def _read(known: ImportedListing, listing: Listing, series: list[Series]) -> Refreshed:
    group = cast(Group, known.group)  # rows without a group were left out
    room = getattr(group, "online_room", None)
    return Refreshed(known, listing, group, room, series, group.place_id, group.format)


def _merge(row: Refreshed, terms: Terms, places: Places) -> None:
    """Take over each value that the feed changed and nobody edited here."""
    was, now = row.known.values, wanted(row.listing, terms)
    here = current(row.group, row.room, row.series)
    for name in (*GROUP_FIELDS, "place", "series", "private_notes"):
        if now[name] == was.get(name):
            continue
        if here[name] in (was.get(name), now[name]):
            was[name] = now[name]
            if here[name] != now[name]:
                _take(row, name, now[name], places)
        else:
            row.kept.append(name)
    if was.get("topic") != now["topic"]:
        row.topic_before, was["topic"] = was.get("topic", ""), now["topic"]
    _merge_room(row, was.setdefault("room", {}), now["room"], here["room"])
    _keep_promises(row)
    row.known.fingerprint = fingerprint(row.listing, terms)


def _holds_dates(row: Refreshed, terms: Terms, report: ImportReport, touched: Touched) -> bool:
    """Hold the dates of a group that is to meet at other times; without them it stays as it is."""
    if "series" not in row.changed:
        return True
    held = hold_dates(row.group, now=terms.now)
    if held is not None:
        row.series = held
        return True
    report.busy_with(row.known.key)
    # A place that was read for it may be nobody's now.
    if row.group.place_id:
        touched.places_left.add(row.group.place_id)
    return False


def _take(row: Refreshed, name: str, value: Any, places: Places) -> None:
    row.changed.add(name)
    if name == "place":
        row.group.place = places.at(value)
    elif name == "private_notes":
        row.group.private_notes = row.listing.private_notes
    elif name != "series":
        setattr(row.group, name, value)


def _merge_room(
    row: Refreshed, was: dict[str, str], now: dict[str, str], here: dict[str, str]
) -> None:
    for name in ROOM_FIELDS:
        if now[name] == was.get(name):
            continue
        if here[name] in (was.get(name), now[name]):
            was[name] = now[name]
            if here[name] != now[name]:
                row.room = row.room or OnlineRoom(group=row.group)
                setattr(row.room, name, getattr(row.listing.room, name))
                row.changed.add("room")
        elif "room" not in row.kept:
            row.kept.append("room")


def _keep_promises(row: Refreshed) -> None:
    """Hold what was merged to the database's rules: an edit here may clash with a change there."""
    group = row.group
    if group.joining == Joining.JUST_COME and group.format != Format.IN_PERSON:
        group.joining = Joining.SIGN_UP.value
        row.changed.add("joining")
    if group.joining == Joining.ASK and not group.answer_within_days:
        group.answer_within_days = ANSWER_WITHIN_DAYS
    has_no_place = group.format != Format.ONLINE and group.place is None
    if has_no_place and group.status == GroupStatus.PUBLISHED:
        group.status = GroupStatus.PAUSED
        row.changed.add("status")


def _settle_status(row: Refreshed, terms: Terms, report: ImportReport) -> None:
    """Pause what the feed closes, show again what it opens, publish drafts when asked to."""
    group, was, listing = row.group, row.known.values, row.listing
    target = wanted(listing, terms)["status"]
    closed_before, was["closed"] = was.get("closed", False), listing.is_closed_for_now
    came_back = row.known.gone_at is not None
    if came_back:
        row.known.gone_at = None
        report.back += 1
    if group.status == GroupStatus.PUBLISHED and listing.is_closed_for_now and not closed_before:
        _set_status(row, GroupStatus.PAUSED.value, terms)
        was["paused_by_feed"] = True
        report.paused += 1
        return
    opens = came_back or (closed_before and not listing.is_closed_for_now)
    if opens and was.get("paused_by_feed") and group.status == GroupStatus.PAUSED:
        _set_status(row, GroupStatus.PUBLISHED.value, terms)
        was["paused_by_feed"] = False
        return
    untouched = group.status == was.get("status")
    if terms.publish and untouched and group.status != target:
        _set_status(row, target, terms)


def _set_status(row: Refreshed, status: str, terms: Terms) -> None:
    group = row.group
    if status == GroupStatus.PUBLISHED and group.format != Format.ONLINE and group.place is None:
        return
    group.status = row.known.values["status"] = status
    if status == GroupStatus.PUBLISHED:
        group.published_at = group.published_at or terms.now
        group.confirmed_on = terms.now.date()
    row.changed.add("status")


def _write(rows: list[Refreshed], terms: Terms, report: ImportReport, touched: Touched) -> None:
    changed = [row for row in rows if row.changed]
    for row in changed:
        row.group.version += 1
        row.group.updated_at = terms.now
        row.known.changed_at = terms.now
        if "place" in row.changed and row.place_before:
            touched.places_left.add(row.place_before)
    Group.everything.bulk_update(
        [row.group for row in changed], WRITTEN, batch_size=ROWS_A_STATEMENT
    )
    rooms = [row.room for row in changed if "room" in row.changed and row.room]
    OnlineRoom.objects.bulk_create(
        rooms,
        update_conflicts=True,
        unique_fields=["group"],
        update_fields=[*ROOM_FIELDS, "updated_at"],
        batch_size=ROWS_A_STATEMENT,
    )
    _change_topics([row for row in rows if row.topic_before], terms, touched)
    for row in changed:
        if "format" in row.changed:
            follow_format(group=row.group, before=row.format_before)
        if "series" in row.changed:
            reschedule(row.group, row.series, row.listing.series, now=terms.now)
    for row in rows:
        row.known.remarks = [*row.listing.remarks, *_kept_remarks(row)]
        report.remarks += [(row.known.key, remark) for remark in _kept_remarks(row)]
    report.changed += len(changed)
    report.unchanged += len(rows) - len(changed)
    report.published += sum("status" in it.changed and it.group.is_published for it in changed)
    touched.groups.update(row.group.id for row in changed)
    touched.listings += [row.known for row in rows]


def _change_topics(rows: list[Refreshed], terms: Terms, touched: Touched) -> None:
    """Put the feed's new topic in place of its former one, where that is still there."""
    for former in {row.topic_before for row in rows}:
        ids = [row.group.id for row in rows if row.topic_before == former]
        through = Group.topics.through.objects
        there = set(
            through.filter(group__in=ids, topic__slug=former).values_list("group_id", flat=True)
        )
        through.bulk_create(
            [Group.topics.through(group_id=it, topic_id=terms.topic.pk) for it in there],
            ignore_conflicts=True,
        )
        through.filter(group__in=there, topic__slug=former).delete()
        touched.groups |= there


def _kept_remarks(row: Refreshed) -> list[str]:
    if not row.kept:
        return []
    names = ", ".join(sorted(row.kept))
    return [_("Changed in the feed, kept as edited here: %(names)s.") % {"names": names}]
