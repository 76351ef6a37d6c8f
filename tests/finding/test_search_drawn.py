"""Drawn searches over a few thousand groups, compared with a plain reading of the same groups.

No result is missing and none too many; order and counts are right. Once as the site counts, and
once counting so little that what answers is "many", which is read in other ways.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from itertools import takewhile
from typing import Any
from unittest import mock

import pytest
import time_machine
from django.db import connection
from hypothesis import HealthCheck, event, example, given, settings
from hypothesis import strategies as st

from directory.queries.search import (
    Near,
    Search,
    Tally,
    dates,
    drops,
    entries_matching,
    find_groups,
    find_meetings,
    found,
    online_instead,
    order,
    suggestions,
    tallies,
)
from directory.queries.vocabulary import corrected
from tests.finding.plain_reading import BANDS, DAYS, PARTS, Reading, fitting_dates
from tests.finding.plain_rows import remove_all, write_groups
from tests.finding.plain_world import (
    ACCESS,
    AUDIENCES,
    BASE,
    TOPICS,
    TOWNS,
    PlainGroup,
    PlainMeeting,
    draw_groups,
)
from tests.finding.typed import entries_with

pytestmark = pytest.mark.django_db

GROUPS = 2500
# With no more than these, each of the ways in which many are read is met.
FEW, SMALL_PAGE = 40, 7
TYPED = (
    *("tea", "grief", "círculo", "circulo gar", "-tea", '"tea in company"', "harbor", "gardne"),
    *("living with pain", "leeds -walking", "lighthouse", "nowhere", "???", "talk river 7"),
)
VALUES = {
    "topics": tuple(slug for slug, _name, _above in TOPICS),
    "audiences": AUDIENCES,
    "access": ACCESS,
    "languages": ("en", "es", "bfi", "fr"),
    "formats": ("in-person", "online", "hybrid"),
    "costs": ("free", "donation", "paid"),
    "joining": ("just-come", "sign-up", "ask"),
    "ages": tuple(BANDS),
    "days": DAYS,
    "times": tuple(PARTS),
    "soon": ("now", "next", "today", "tomorrow", "week"),
    "has_room": ("yes",),
    "first_time": ("yes",),
}
ZONES = ("Europe/London", "America/New_York", "Pacific/Auckland", "Pacific/Pago_Pago", "UTC")


@pytest.fixture(scope="module")
def reading(django_db_setup: None, django_db_blocker: Any) -> Iterator[Reading]:
    """All groups in the database, for all tests of this module, and as plain objects."""
    groups = draw_groups(GROUPS)
    with django_db_blocker.unblock():
        try:
            with time_machine.travel(BASE, tick=False):
                write_groups(groups)
            yield Reading(groups, {words: holding(words) for words in TYPED})
        finally:
            remove_all()


def holding(words: str) -> set[Any]:
    """Which groups hold the words: PostgreSQL looks at row after row, without an index."""
    with connection.cursor() as cursor:
        cursor.execute("SET enable_bitmapscan = off; SET enable_indexscan = off")
        answer = set(entries_with(words).values_list("pk", flat=True))
        cursor.execute("RESET enable_bitmapscan; RESET enable_indexscan")
    return answer


def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    one_or_two = st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True)
    return one_or_two.map(tuple)


@st.composite
def nears(draw: st.DrawFn) -> Near:
    town = draw(st.sampled_from(TOWNS))
    off = draw(st.sampled_from((0.0, 0.0, 0.03, -0.4)))
    radius = draw(st.sampled_from((0.5, 3.2, 16.1, 40.0, 300.0, 3000.0, 20100.0)))
    longitude = (town.longitude + off + 180) % 360 - 180
    return Near(latitude=town.latitude + off, longitude=longitude, radius_km=radius)


HOURS = st.sampled_from((time(0), time(5), time(11, 30), time(17), time(19), time(23, 59)))
# How each kind of filter is drawn, where it is asked for.
ASKED: dict[str, st.SearchStrategy[Any]] = {
    **{kind: some(values) for kind, values in VALUES.items() if len(values) > 1},
    "ages": some((*BANDS, "17", "30", "99")),
    "words": st.sampled_from(TYPED),
    "near": nears(),
    "starts_from": HOURS,
    "starts_to": HOURS,
    "has_room": st.just(True),
    "first_time": st.just(True),
    "organisation": st.sampled_from(("lighthouse-0", "lighthouse-4", "lighthouse-9")),
}


# Asked of dates alone, which is answered in a way of its own.
OF_DATES = ("soon", "days", "times", "starts_from", "starts_to")


@st.composite
def searches(draw: st.DrawFn) -> Search:
    names = draw(st.sampled_from((sorted(ASKED), sorted(ASKED), sorted(ASKED), OF_DATES)))
    kinds = draw(st.lists(st.sampled_from(names), max_size=4, unique=True))
    return Search(zone=draw(st.sampled_from(ZONES)), **{it: draw(ASKED[it]) for it in kinds})


@st.composite
def moments(draw: st.DrawFn) -> datetime:
    """A moment of the weeks ahead, often one at which a date begins or ends."""
    days = draw(st.integers(0, 24))
    at = draw(st.sampled_from((0, 4, 8, 9, 10, 11, 12, 16, 18, 19, 20, 23)))
    minutes = draw(st.sampled_from((0, 0, 30, 59)))
    return BASE + timedelta(days=days, hours=at, minutes=minutes)


@dataclass(frozen=True)
class Asked:
    """One question put to the finder."""

    search: Search
    now: datetime
    sort: str = "soonest"
    page: int = 1


asked_questions = st.builds(
    Asked,
    search=searches(),
    now=moments(),
    sort=st.sampled_from(("soonest", "soonest", "nearest", "nearest", "match")),
    page=st.sampled_from((1, 1, 1, 2, 3, 6)),
)
LEEDS = Near(latitude=53.7965, longitude=-1.5478, radius_km=300)
FIJI = Near(latitude=-16.79, longitude=179.99, radius_km=3000)
drawn = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(params=["as the site counts", "counting to forty"])
def bound(request: pytest.FixtureRequest) -> Iterator[int]:
    """Up to how many are counted."""
    if request.param == "as the site counts":
        yield tallies.COUNTED
        return
    with ExitStack() as patched:
        for module in (tallies, found, dates, suggestions):
            patched.enter_context(mock.patch.object(module, "COUNTED", FEW))
        patched.enter_context(mock.patch.object(dates, "PAGE_SIZE", SMALL_PAGE))
        patched.enter_context(mock.patch.object(order, "SORTED", 3 * FEW))
        patched.enter_context(mock.patch.object(order, "HELD", 6 * FEW))
        yield FEW


def _with_words(search: Search, words: str) -> Search:
    return Search(**{**vars(search), "words": words})


def tally(number: int, bound: int) -> Tally:
    return Tally(min(number, bound), is_more=number > bound)


@drawn
@given(asked=asked_questions)
def test_no_group_is_missing_and_none_too_many(reading: Reading, asked: Asked) -> None:
    answer = entries_matching(asked.search, asked.now).values_list("pk", flat=True)
    should = {group.id for group in reading.answering(asked.search, asked.now)}
    event(f"some: {bool(should)}")
    assert len(answer) == len(set(answer))
    assert set(answer) == should


@drawn
@given(asked=asked_questions)
# One hour of the week, several, and most of them; a point that many share, and the date line.
@example(asked=Asked(Search(days=("mon",), times=("morning",)), BASE))
@example(asked=Asked(Search(days=("mon", "sun"), times=("evening",)), BASE, page=3))
@example(asked=Asked(Search(days=("mon", "tue", "sun")), BASE, page=2))
@example(asked=Asked(Search(soon=("today",), times=("evening",), zone="Asia/Tokyo"), BASE))
@example(asked=Asked(Search(soon=("now", "tomorrow"), days=("mon", "tue")), BASE, page=2))
@example(asked=Asked(Search(starts_from=time(18), starts_to=time(19)), BASE, page=2))
@example(asked=Asked(Search(near=LEEDS), BASE, sort="nearest", page=2))
@example(asked=Asked(Search(near=FIJI, formats=("online", "hybrid")), BASE, sort="nearest"))
@example(asked=Asked(Search(near=FIJI, formats=("online",)), BASE, sort="nearest", page=6))
def test_a_page_holds_the_right_groups_in_order(reading: Reading, bound: int, asked: Asked) -> None:
    answer = find_groups(
        asked.search, sort=asked.sort, page=asked.page, page_size=SMALL_PAGE, now=asked.now
    )
    search, should = meant(reading, asked.search, asked.now)
    if not should and search.near:
        check_beyond(reading, answer, search, asked.now)
        return
    assert (answer.corrected or asked.search.words) == search.words
    assert answer.total == tally(len(should), bound)
    pages = max(1, -(-min(len(should), bound) // SMALL_PAGE))
    assert answer.page_count == pages
    assert answer.page == (asked.page if asked.page <= pages else 1)
    start = (answer.page - 1) * SMALL_PAGE
    ordered = reading.in_order(should, search, asked.sort, asked.now)
    shown = [row.group.pk for row in answer.rows]
    event(f"many: {len(should) > bound}, sort: {asked.sort}, page: {answer.page}")
    if asked.sort == "match" and search.words:
        assert len(shown) == len(ordered[start : start + SMALL_PAGE])
        assert set(shown) <= {group.id for group in should}
    else:
        assert shown == [group.id for group in ordered[start : start + SMALL_PAGE]]
    check_rows(reading, answer.rows, search, asked.now)


def meant(reading: Reading, search: Search, now: datetime) -> tuple[Search, list[PlainGroup]]:
    """The search with its words corrected, where nothing answers those that were typed."""
    should = reading.answering(search, now)
    instead = corrected(search.words) if search.words and not should else ""
    if not instead:
        return search, should
    reading.with_words.setdefault(instead, holding(instead))
    other = _with_words(search, instead)
    should = reading.answering(other, now)
    # What lies beyond the radius is looked for with the words that were meant, too.
    return (other if should or search.near else search), should


def check_beyond(reading: Reading, answer: Any, search: Search, now: datetime) -> None:
    """Nothing lies within the radius: the ten nearest that answer all else."""
    event("beyond")
    should = beyond(reading, search, now)
    assert [row.group.pk for row in answer.rows] == [group.id for group in should]
    assert answer.is_beyond == bool(should)
    assert answer.total == Tally(len(should))
    check_rows(reading, answer.rows, search, now)


def beyond(reading: Reading, search: Search, now: datetime) -> list[PlainGroup]:
    rest = reading.answering(search.without("near"), now)
    rest = [group for group in rest if reading.spots[group.id]]
    return reading.in_order(rest, search, "nearest", now)[: found.NEAREST_SHOWN]


def dates_beyond(reading: Reading, search: Search, now: datetime) -> list[PlainMeeting]:
    """The dates of whatever lies as far off as the ten nearest."""
    assert search.near
    away = [reading.distance(group, search.near) or 0 for group in beyond(reading, search, now)]
    if not away:
        return []
    near = replace(search.near, radius_km=max(away) + 0.01)
    return reading.dates(replace(search, near=near), now)


def check_rows(reading: Reading, rows: list[Any], search: Search, now: datetime) -> None:
    """Each row tells the first date that fits, those cancelled before it, and how far it is."""
    for row in rows:
        group = reading.groups[row.group.pk]
        first = reading.first(group, search, now)
        assert (row.next_date.pk if row.next_date else None) == (first.id if first else None)
        fitting = fitting_dates(group, search, now)
        cancelled = [it.id for it in takewhile(lambda it: it.is_cancelled, fitting)]
        assert [date.pk for date in row.cancelled] == cancelled[:3]
        spot = reading.spots[group.id]
        assert row.is_area == bool(spot and spot.is_area)
        if search.near:
            assert row.distance_km == pytest.approx(reading.distance(group, search.near), abs=1e-6)


@drawn
@given(asked=asked_questions)
def test_the_numbers_beside_the_filters(reading: Reading, bound: int, asked: Asked) -> None:
    search = asked.search
    answer = tallies.count(search, asked.now)
    assert answer.total == tally(len(reading.answering(search, asked.now)), bound)
    for kind, values in VALUES.items():
        if kind not in answer.by_kind:
            # Only the dates could tell; or there are many, and it is in use.
            is_of_hours = search.asks_when and kind in ("days", "times")
            is_in_use = kind in search.kinds or (kind == "formats" and search.near)
            is_of_dates = kind == "soon" and (is_in_use or answer.total.is_more)
            assert is_of_hours or is_of_dates or (answer.total.is_more and is_in_use)
            continue
        should = reading.tallies(search, kind, values, asked.now)
        counted = answer.by_kind[kind]
        is_cut = any(it.is_more for it in counted.values())
        if kind in ("days", "times"):
            # Hours of a week that have gone by stand beside the filters for some minutes.
            assert is_cut or all(number <= counted[it].number for it, number in should.items())
        elif is_cut:
            assert all(one.number <= should.get(value, 0) for value, one in counted.items())
        else:
            assert {value: one.number for value, one in counted.items()} == should


@drawn
@given(asked=asked_questions)
def test_dates_come_day_by_day(reading: Reading, bound: int, asked: Asked) -> None:
    answer = find_meetings(asked.search, page=asked.page, now=asked.now)
    search = asked.search
    if not reading.answering(search, asked.now) and search.words:
        instead = corrected(search.words) or search.words
        reading.with_words.setdefault(instead, holding(instead))
        search = _with_words(search, instead)
    should = reading.dates(search, asked.now)
    if search.near and not reading.answering(search, asked.now):
        should = dates_beyond(reading, search, asked.now)
    assert answer.is_beyond == bool(search.near and should and answer.search.near != search.near)
    event(f"many: {len(should) > bound}")
    assert answer.total == tally(len(should), bound)
    start = (answer.page - 1) * dates.PAGE_SIZE
    assert [date.pk for date in answer.meetings] == [
        it.id for it in should[start : start + dates.PAGE_SIZE]
    ]


@drawn
@given(asked=asked_questions)
def test_which_filters_to_leave_out(reading: Reading, bound: int, asked: Asked) -> None:
    numbers = {
        kind: len(reading.answering(asked.search.without(kind), asked.now))
        for kind in asked.search.kinds
    }
    answer = drops(asked.search, asked.now)
    assert {it.kind: it.tally for it in answer if not it.part} == {
        kind: tally(number, bound) for kind, number in numbers.items() if number
    }
    for it in answer:
        if it.part:
            with_rest = _with_words(asked.search, it.rest)
            reading.with_words.setdefault(it.rest, holding(it.rest))
            assert it.tally == tally(len(reading.answering(with_rest, asked.now)), bound)
    assert [it.tally.number for it in answer] == sorted(
        (it.tally.number for it in answer), reverse=True
    )


@drawn
@given(asked=asked_questions)
def test_the_soonest_that_one_can_join_from_anywhere(reading: Reading, asked: Asked) -> None:
    wanted = Search(
        words=asked.search.words,
        topics=asked.search.topics,
        languages=asked.search.languages,
        formats=("online", "hybrid"),
        days=DAYS,
    )
    _wanted, answering = meant(reading, wanted, asked.now)
    answering = answering or reading.answering(wanted.without("words"), asked.now)
    should = reading.in_order(answering, wanted, "soonest", asked.now)
    shown = [row.group.pk for row in online_instead(asked.search, asked.now)]
    assert shown == [group.id for group in should[: suggestions.SUGGESTIONS]]


def test_the_groups_are_what_they_should_be(reading: Reading) -> None:
    """So that the other tests meet what they are about."""
    groups = reading.groups.values()
    assert sum(not group.meetings for group in groups) > 100
    assert sum(bool(spot and spot.is_area) for spot in reading.spots.values()) > 100
    on_one_point = [spot for spot in reading.spots.values() if spot]
    assert len(on_one_point) - len(set(on_one_point)) > 100
    going_on = [it for group in groups for it in group.meetings if it.starts_at < BASE < it.ends_at]
    assert len(going_on) > 20
    assert BASE.astimezone(UTC).weekday() == 4
