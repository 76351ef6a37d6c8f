"""A feed is taken over while somebody else changes a group, each on a connection of its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import time, timedelta
from io import StringIO
from pathlib import Path
from threading import Event

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from directory.actions.imports import holding
from directory.actions.locks import lock_group
from directory.actions.series import rearrange_series
from directory.actions.series.rows import lock_series
from directory.models import Group, ImportedListing, Meeting, Series
from tests import factories
from tests.running.worker_process import forget_jobs

pytestmark = pytest.mark.django_db(transaction=True)
ROW = {
    "slug": "tuesday-steps",
    "name": "Tuesday Steps",
    "day": 2,
    "time": "19:30",
    "end_time": "20:30",
    "formatted_address": "8 High St, Leeds LS1 4AB, UK",
    "types": ["O"],
}
OTHER = ROW | {"slug": "friday-steps", "name": "Friday Steps", "day": 5}


@pytest.fixture(autouse=True)
def _ready(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    forget_jobs()
    factories.make_topic(slug="alcohol", name="Alcohol")
    monkeypatch.setattr(holding, "AGAIN_AFTER_SECONDS", 0.05)
    yield
    forget_jobs()


@pytest.fixture
def take(tmp_path: Path) -> Callable[..., str]:
    def run(*rows: dict) -> str:
        path, out = tmp_path / "feed.json", StringIO()
        path.write_text(json.dumps(rows))
        call_command(
            "import_listings",
            str(path),
            "--format=meeting-guide",
            "--organisation=Leeds Intergroup",
            "--timezone=Europe/London",
            "--country=GB",
            "--topic=alcohol",
            "--publish",
            stdout=out,
        )
        return out.getvalue()

    return run


def group(key: str = "tuesday-steps") -> Group:
    return Group.everything.get(imported_listing=ImportedListing.objects.get(key=key))


class Aside:
    """Something done in a thread of its own, which waits in the middle until it may go on."""

    def __init__(self, pool: ThreadPoolExecutor, work: Callable[[Callable[[], None]], None]):
        self.is_there, self.may_go_on = Event(), Event()
        self.future = pool.submit(self._run, work)
        assert self.is_there.wait(10)

    def _run(self, work: Callable[[Callable[[], None]], None]) -> None:
        try:
            with transaction.atomic():
                work(self._wait)
        finally:
            connection.close()

    def _wait(self) -> None:
        self.is_there.set()
        assert self.may_go_on.wait(20)

    def finish(self) -> None:
        self.may_go_on.set()
        self.future.result(20)


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as threads:
        yield threads


def test_a_group_that_somebody_changes_is_left_to_the_next_run(
    take: Callable[..., str], pool: ThreadPoolExecutor
) -> None:
    take(ROW, OTHER)
    key = group().pk

    def change(wait: Callable[[], None]) -> None:
        lock_group(key)
        wait()

    facilitator = Aside(pool, change)
    said = take(ROW | {"day": 3}, OTHER | {"name": "Friday Walk"})
    assert "tuesday-steps: Not imported: it is being changed right now." in said
    assert "1 changed" in said
    assert group("friday-steps").name == "Friday Walk"
    assert group().series.get().rule == "FREQ=WEEKLY;BYDAY=TU"
    facilitator.finish()
    assert "Not imported" not in take(ROW | {"day": 3}, OTHER | {"name": "Friday Walk"})
    assert group().series.get(ended_at=None).rule == "FREQ=WEEKLY;BYDAY=WE"


def test_a_group_whose_dates_somebody_holds_is_left_to_the_next_run(
    take: Callable[..., str], pool: ThreadPoolExecutor
) -> None:
    take(ROW)
    date = Meeting.everything.order_by("starts_at").last()
    assert date is not None

    def sign_up(wait: Callable[[], None]) -> None:
        Meeting.everything.select_for_update(no_key=True).get(pk=date.pk)
        wait()

    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '200ms'")
    somebody = Aside(pool, sign_up)
    said = take(ROW | {"day": 3})
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '5s'")
    assert "Not imported: it is being changed right now." in said
    assert "0 changed" in said
    somebody.finish()
    assert group().series.get().ended_at is None
    assert "1 changed" in take(ROW | {"day": 3})


def test_a_rearrangement_and_an_import_never_wait_for_each_other(
    take: Callable[..., str], pool: ThreadPoolExecutor
) -> None:
    """A facilitator holds a group that the feed says nothing new of, and whose dates are due."""
    take(ROW, OTHER)
    Group.everything.update(joining="sign-up")
    series = group().series.get()
    factories.make_membership(group(), factories.make_person("Ben"))
    Series.objects.update(generated_until=None)
    Meeting.everything.filter(series=series).delete()

    def rearrange(wait: Callable[[], None]) -> None:
        lock_group(series.group_id)
        wait()
        lock_series(series, by=None)

    facilitator = Aside(pool, rearrange)
    importing = pool.submit(_and_close, lambda: take(ROW, OTHER | {"name": "Friday Walk"}))
    facilitator.may_go_on.wait(0.5)
    facilitator.finish()
    assert "Not imported" not in importing.result(20)
    assert group("friday-steps").name == "Friday Walk"


def test_whoever_comes_first_the_dates_are_of_one_rule(
    take: Callable[..., str], pool: ThreadPoolExecutor
) -> None:
    take(ROW)
    series = group().series.get()

    def rearrange(wait: Callable[[], None]) -> None:
        wait()
        rearrange_series(
            series=series,
            by=None,
            from_start=None,
            first_on=series.first_on,
            starts_at_time=time(18),
            duration_minutes=60,
            rule=series.rule,
            time_zone=series.time_zone,
            skipped_on=[],
        )

    facilitator = Aside(pool, rearrange)
    importing = pool.submit(_and_close, lambda: take(ROW | {"time": "20:00", "end_time": "21:00"}))
    facilitator.finish()
    importing.result(20)
    running = group().series.get(ended_at=None)
    coming = Meeting.everything.filter(group=group(), starts_at__gt=timezone.now()).going_ahead()
    assert {date.series_id for date in coming} == {running.pk}
    lasting = {date.ends_at - date.starts_at for date in coming}
    assert lasting == {timedelta(minutes=running.duration_minutes)}


def _and_close(work: Callable[[], str]) -> str:
    try:
        return work()
    finally:
        connection.close()
