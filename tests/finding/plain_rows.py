"""The drawn groups as rows of the database, and how to be rid of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from accounts.models import Person
from directory.actions.finder import refresh_whole_finder
from directory.models import (
    Acceptance,
    AgreementVersion,
    Consent,
    Group,
    Meeting,
    Membership,
    Organisation,
    Place,
    Topic,
    Town,
)
from directory.models.copying import copy_rows
from directory.text.folding import fold
from tests import factories
from tests.finding.plain_world import BASE, ORGANISATIONS, TOPICS, TOWNS, PlainGroup, PlainPlace

TABLES = (
    *("directory_finderentry", "directory_findertotals", "directory_knownword"),
    *("directory_membership", "directory_consent", "directory_acceptance"),
    *("directory_meeting", "directory_group_topics", "directory_group", "directory_place"),
    *("directory_organisation", "directory_topic", "directory_town"),
)
WAITING, ACTIVE = "waiting", "active"


def write_groups(groups: Sequence[PlainGroup]) -> None:
    """Write all rows, and make them found, as if it were `BASE`."""
    organisations = [
        factories.make_organisation(name=f"Lighthouse {number}", slug=f"lighthouse-{number}")
        for number in range(ORGANISATIONS)
    ]
    topics = _write_topics()
    _write_towns()
    places = {group.id: _place(group.place, organisations[0]) for group in groups if group.place}
    copy_rows(list(places.values()))
    copy_rows([_group(it, organisations[it.organisation], places.get(it.id)) for it in groups])
    through = Group.topics.through
    copy_rows([through(group_id=it.id, topic=topics[slug]) for it in groups for slug in it.topics])
    copy_rows([row for group in groups for row in _dates(group)])
    _write_members(groups)
    refresh_whole_finder()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def remove_all() -> None:
    """Leave the tables as empty as they were."""
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"DELETE FROM {table}")
    AgreementVersion.objects.filter(text="For the drawn ones").delete()
    Person.objects.filter(email__endswith="@drawn.example.org").delete()


def _write_topics() -> dict[str, Topic]:
    topics: dict[str, Topic] = {}
    for slug, name, above in TOPICS:
        topics[slug] = factories.make_topic(slug=slug, name=name, parent=topics.get(above))
    return topics


def _write_towns() -> None:
    rows = [
        Town(
            id=number,
            name=town.name,
            folded_names=[fold(town.name)],
            country=town.country,
            region=town.region,
            latitude=town.latitude,
            longitude=town.longitude,
            population=town.population,
            time_zone=town.zone,
        )
        for number, town in enumerate(TOWNS, 1)
    ]
    Town.objects.bulk_create(rows)


def _place(place: PlainPlace, organisation: Organisation) -> Place:
    fields = vars(place)
    return Place(organisation=organisation, name="The hall", address="1 Mill Lane", **fields)


def _group(group: PlainGroup, organisation: Organisation, place: Place | None) -> Group:
    same = (
        *("id", "name", "summary", "format", "cost", "joining", "openness", "who_greets"),
        *("min_age", "max_age", "adults_only", "capacity", "country"),
    )
    return Group(
        organisation=organisation,
        slug=f"group-{group.id}",
        status="published",
        place=place,
        audiences=list(group.audiences),
        access_features=list(group.access),
        languages=list(group.languages),
        time_zone=group.zone,
        answer_within_days=3,
        **{name: getattr(group, name) for name in same},
    )


def _dates(group: PlainGroup) -> list[Meeting]:
    return [
        Meeting(
            id=date.id,
            group_id=group.id,
            original_start=date.original_start,
            starts_at=date.starts_at,
            ends_at=date.ends_at,
            time_zone=date.zone,
            status="cancelled" if date.is_cancelled else "scheduled",
            reason="No heating" if date.is_cancelled else "",
        )
        for date in group.meetings
    ]


def _write_members(groups: Sequence[PlainGroup]) -> None:
    versions = [
        AgreementVersion.objects.create(
            kind=kind, number=900, title="For tests", text="For the drawn ones", published_at=BASE
        )
        for kind in ("confidentiality", "membership")
    ]
    people = [
        factories.make_person(f"Drawn {number}", email=f"{number}@drawn.example.org")
        for number in range(4)
    ]
    accepted = [Acceptance.objects.create(person=it, version=versions[0]) for it in people]
    rows: list[tuple[Consent, Membership]] = []
    for group in groups:
        states = [ACTIVE] * group.members + [WAITING] * group.waiting
        for person, acceptance, state in zip(people, accepted, states, strict=False):
            consent = Consent(person=person, group_id=group.id, version=versions[1])
            fields: dict[str, Any] = {"state": state, "acceptance": acceptance, "consent": consent}
            if state == ACTIVE:
                fields["joined_at"] = BASE
            rows.append((consent, Membership(person=person, group_id=group.id, **fields)))
    Consent.objects.bulk_create([consent for consent, _membership in rows])
    Membership.objects.bulk_create([membership for _consent, membership in rows])
