"""Write the groups that a feed names for the first time, many at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from directory.actions.group_names import free_slugs
from directory.actions.imports.terms import ImportReport, Terms, Touched
from directory.actions.imports.wanted import (
    ANSWER_WITHIN_DAYS,
    GROUP_FIELDS,
    PLACE_FIELDS,
    ROOM_FIELDS,
    fingerprint,
    parts_of_place,
    wanted,
)
from directory.choices import GroupStatus, Joining
from directory.listings import ListedSeries, Listing
from directory.models import Group, ImportedListing, OnlineRoom, Place, Series
from directory.models.copying import copy_rows

ROWS_A_STATEMENT = 1_000


class Places:
    """The organisation's places, each found again by all that is said of it."""

    def __init__(self, terms: Terms) -> None:
        self.organisation = terms.organisation
        rows = Place.objects.filter(organisation=terms.organisation).order_by("id")
        self.known = {tuple(parts_of_place(place)): place for place in rows}
        self.new: list[Place] = []

    def at(self, parts: list[Any] | None) -> Place | None:
        """Return the place with these parts; a new one is written by `save`."""
        if parts is None:
            return None
        key = tuple(parts)
        if key not in self.known:
            fields = dict(zip(PLACE_FIELDS, parts, strict=True))
            self.known[key] = Place(id=uuid4(), organisation=self.organisation, **fields)
            self.new.append(self.known[key])
        return self.known[key]

    def save(self) -> None:
        copy_rows(self.new)
        self.new = []


def create_groups(
    listings: list[Listing], terms: Terms, places: Places, report: ImportReport, touched: Touched
) -> None:
    """Write these listings as groups."""
    pairs = [
        (listing, wanted(listing, terms), slug)
        for listing, slug in zip(listings, free_slugs(it.name for it in listings), strict=True)
    ]
    groups = [_group(values, slug, listing, terms, places) for listing, values, slug in pairs]
    places.save()
    copy_rows(groups)
    through = Group.topics.through
    copy_rows([through(group_id=group.id, topic_id=terms.topic.pk) for group in groups])
    rows = [(group, listing) for group, (listing, _, _) in zip(groups, pairs, strict=True)]
    write_rooms(rows)
    write_series([(group, listing.series) for group, listing in rows], terms)
    copy_rows(
        [
            ImportedListing(
                organisation=terms.organisation,
                feed_format=terms.feed_format,
                key=listing.key,
                group=group,
                fingerprint=fingerprint(listing, terms),
                values=values,
                remarks=list(listing.remarks),
                first_seen_at=terms.now,
                changed_at=terms.now,
            )
            for group, (listing, values, _slug) in zip(groups, pairs, strict=True)
        ]
    )
    report.new += len(groups)
    report.published += sum(group.status == GroupStatus.PUBLISHED for group in groups)
    report.drafts += sum(group.status == GroupStatus.DRAFT for group in groups)
    touched.groups.update(group.id for group in groups)


def write_rooms(rows: Iterable[tuple[Group, Listing]]) -> None:
    """Write the online rooms of these groups, where their listings have one."""
    copy_rows(
        [
            OnlineRoom(group=group, **{name: getattr(listing.room, name) for name in ROOM_FIELDS})
            for group, listing in rows
            if listing.room
        ]
    )


def write_series(rows: Iterable[tuple[Group, ListedSeries | None]], terms: Terms) -> None:
    """Write the rules by which these groups meet, from today on; their dates are made later."""
    copy_rows(
        [
            Series(
                group=group,
                first_on=terms.now.astimezone(ZoneInfo(series.time_zone)).date(),
                starts_at_time=series.starts_at_time,
                duration_minutes=series.duration_minutes,
                time_zone=series.time_zone,
                rule=series.rule,
            )
            for group, series in rows
            if series is not None
        ]
    )


def _group(
    values: dict[str, Any], slug: str, listing: Listing, terms: Terms, places: Places
) -> Group:
    is_published = values["status"] == GroupStatus.PUBLISHED
    return Group(
        organisation=terms.organisation,
        slug=slug,
        status=values["status"],
        place=places.at(values["place"]),
        private_notes=listing.private_notes,
        adults_only=False,  # feeds do not say, and some groups are for the young
        answer_within_days=ANSWER_WITHIN_DAYS if values["joining"] == Joining.ASK else None,
        published_at=terms.now if is_published else None,
        confirmed_on=terms.now.date() if is_published else None,
        **{name: values[name] for name in GROUP_FIELDS},
    )
