"""The sample to measure with: seeded, spread as the world is, and never where it could mislead."""

from __future__ import annotations

import io
from collections import Counter
from datetime import datetime, timedelta
from random import Random

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client, override_settings

from accounts.models import Person
from directory.actions.series import generate_meetings
from directory.choices import Format, GroupStatus, Joining, PlaceShown
from directory.demo.sample import rare_word
from directory.demo.sample.chances import Weighted, early
from directory.demo.sample.wording import GROUPS_A_RARE_WORD
from directory.models import (
    FinderEntry,
    Group,
    Meeting,
    OnlineRoom,
    Organisation,
    Place,
    Series,
    Topic,
    Town,
)
from directory.recurrence import parse
from tests import factories

pytestmark = pytest.mark.django_db

NOON = datetime.fromisoformat("2026-11-21T12:00:00+00:00")
GROUPS = 300
TOWNS = (
    ("London", "GB", 51.51, -0.13, 8_900_000, "Europe/London"),
    ("Leeds", "GB", 53.80, -1.55, 500_000, "Europe/London"),
    ("Hexham", "GB", 54.97, -2.10, 11_000, "Europe/London"),
    ("Madrid", "ES", 40.42, -3.70, 3_200_000, "Europe/Madrid"),
    ("Denver", "US", 39.74, -104.99, 7_000_000, "America/Denver"),
)


@pytest.fixture(autouse=True)
def world(db: None) -> None:
    for number, (name, country, latitude, longitude, population, zone) in enumerate(TOWNS, 1):
        Town.objects.create(
            id=number,
            name=name,
            folded_names=[name.lower()],
            country=country,
            latitude=latitude,
            longitude=longitude,
            population=population,
            time_zone=zone,
        )
    for slug in ("bereavement", "alcohol", "anxiety", "another"):
        factories.make_topic(slug=slug, name=slug.capitalize())
    with time_machine.travel(NOON, tick=False):
        yield


def load(groups: int = GROUPS, **options: object) -> str:
    said = io.StringIO()
    call_command("load_sample", groups=groups, stdout=said, **options)
    return said.getvalue()


def test_it_loads_as_many_as_asked_for_and_says_how_far_it_is() -> None:
    said = load(40)
    assert Group.objects.count() == FinderEntry.objects.count() == 40
    assert "40 of 40 groups" in said
    assert "40 groups were loaded" in said


def test_the_same_seed_gives_the_same_groups() -> None:
    def told() -> list[tuple[object, ...]]:
        return list(Meeting.objects.order_by("id").values_list("id", "group__name", "starts_at"))

    load(20)
    first = told()
    for model in (Meeting, Series, OnlineRoom, Group, Place, Organisation, Person):
        model._base_manager.all().delete()
    load(20)
    assert told() == first
    load(20, seed=2, add=True)
    assert Meeting.objects.count() > len(first)


def test_it_is_spread_as_the_world_is() -> None:
    load()
    groups = list(Group.objects.select_related("place").prefetch_related("topics"))
    formats = Counter(group.format for group in groups)
    assert 0.25 < formats[Format.ONLINE] / GROUPS < 0.42
    assert formats[Format.HYBRID]
    countries = Counter(group.country for group in groups)
    assert countries["GB"] > GROUPS / 2
    assert {"GB"} < set(countries) <= {"GB", "ES", "US"}
    towns = Counter(group.place.town for group in groups if group.place)
    assert towns["London"] > towns["Leeds"]
    topics = Counter(topic.slug for group in groups for topic in group.topics.all())
    assert topics["alcohol"] > topics["another"]
    assert {group.joining for group in groups} == set(Joining)
    assert any("es" in group.languages for group in groups)
    assert len({group.name for group in groups}) > GROUPS / 2


def test_most_meet_weekly_and_in_the_evening() -> None:
    load()
    rules = Counter(
        (parse(series.rule).monthly, parse(series.rule).interval) for series in Series.objects.all()
    )
    assert 0.6 < rules[False, 1] / GROUPS < 0.8
    assert rules[False, 2]
    assert rules[True, 1]
    hours = Counter(17 <= series.starts_at_time.hour < 23 for series in Series.objects.all())
    assert hours[True] > hours[False]


def test_its_dates_are_those_that_the_site_itself_makes() -> None:
    load(60)
    columns = ("series_id", "original_start", "starts_at", "ends_at", "time_zone")
    made = set(Meeting.objects.filter(starts_at__gt=NOON).values_list(*columns))
    assert made
    Meeting.everything.all().delete()
    Series.objects.update(generated_until=None)
    generate_meetings(now=NOON)
    assert set(Meeting.objects.values_list(*columns)) == made


def test_dates_that_were_held_are_there_too() -> None:
    load(60)
    assert Meeting.objects.filter(ends_at__lt=NOON).count() > 60


def test_the_weeks_can_be_fewer() -> None:
    load(20, weeks=2)
    last = Meeting.objects.order_by("-starts_at").first()
    assert last
    assert last.starts_at <= NOON + timedelta(weeks=2)


def test_sensitive_groups_show_their_area_more_often() -> None:
    load()
    alcohol = Topic.objects.get(slug="alcohol")
    places = Group.objects.exclude(place=None)
    area = places.filter(place__shown=PlaceShown.AREA)
    assert area.filter(topics=alcohol).count() > area.exclude(topics=alcohol).count()
    assert not area.filter(place__area="").exists()


def test_nobody_can_sign_in_as_its_people_or_write_to_them() -> None:
    load(20)
    assert Person.objects.count()
    assert not any(person.has_usable_password() for person in Person.objects.all())
    assert not Person.objects.filter(is_safe_to_email=True).exists()
    assert not Person.objects.exclude(email__endswith="@waymeet.example").exists()


def test_its_pages_open(client: Client) -> None:
    load(20)
    assert client.get("/groups/").status_code == 200
    for group in Group.objects.all()[:5]:
        assert client.get(f"/groups/{group.slug}/").status_code == 200


def test_rare_words_are_rare() -> None:
    words = [rare_word(number) for number in range(2000)]
    assert len(set(words)) == len(words)
    load(20)
    assert not Group.objects.filter(summary__icontains="ziv").exists()
    Group.everything.update(status=GroupStatus.DRAFT)
    assert GROUPS_A_RARE_WORD == 1000


def test_draws_follow_their_weights() -> None:
    chance = Random(7)
    drawn = Counter(Weighted({"often": 9.0, "seldom": 1.0}).draw(chance) for _ in range(1000))
    assert 850 < drawn["often"] < 950
    first = Counter(early(chance, ["a", "b", "c"]) for _ in range(1000))
    assert first["a"] > first["b"] > first["c"] > 0


def test_it_is_refused_where_there_are_groups() -> None:
    factories.make_group()
    with pytest.raises(CommandError, match="There are groups already"):
        load(5)
    load(5, add=True)
    assert Group.objects.count() == 6


@override_settings(IS_PRODUCTION=True)
def test_it_is_refused_on_a_site_that_people_use() -> None:
    with pytest.raises(CommandError, match="mislead"):
        load(5, add=True)
    assert not Group.everything.exists()


@pytest.mark.parametrize(("groups", "weeks"), [(0, 12), (5, 0), (5, 100)])
def test_numbers_that_make_no_sense_are_refused(groups: int, weeks: int) -> None:
    with pytest.raises(CommandError, match="Choose"):
        load(groups, weeks=weeks)
