"""What a process keeps for itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from config.process_cache import ProcessCache

NAMES = ["Ada", "Ben"]


@pytest.fixture
def cache(request: pytest.FixtureRequest) -> ProcessCache:
    return ProcessCache(request.node.name, {})


def test_it_hands_out_the_thing_itself(cache: ProcessCache) -> None:
    assert cache.get_or_set("names", lambda: NAMES) is NAMES
    assert cache.get_or_set("names", list) is NAMES
    assert "names" in cache


def test_nothing_is_kept_for_longer_than_was_said(cache: ProcessCache) -> None:
    with time_machine.travel("2026-11-24 19:00", tick=False) as clock:
        cache.set("names", NAMES, 60)
        clock.shift(timedelta(seconds=59))
        assert cache.get("names") is NAMES
        clock.shift(timedelta(seconds=2))
        assert cache.get("names") is None
        assert cache.get_or_set("names", list) == []


def test_none_is_for_ever_and_nothing_for_no_time(cache: ProcessCache) -> None:
    cache.set("ever", NAMES, None)
    cache.set("never", NAMES, 0)
    with time_machine.travel("2036-11-24 19:00", tick=False):
        assert cache.get("ever") is NAMES
        assert cache.get("never") is None


def test_what_is_there_is_not_added_again(cache: ProcessCache) -> None:
    assert cache.add("names", NAMES)
    assert not cache.add("names", [])
    assert cache.get("names") is NAMES


def test_it_forgets(cache: ProcessCache) -> None:
    cache.set_many({"names": NAMES, "others": [], "more": []})
    assert cache.delete("names")
    assert not cache.delete("names")
    cache.delete_many(["others"])
    assert cache.get_many(["names", "others", "more"]) == {"more": []}
    cache.clear()
    assert cache.get("more", "gone") == "gone"


def test_all_threads_share_it_and_no_other_cache_does(cache: ProcessCache) -> None:
    cache.set("names", NAMES)
    name = "test_all_threads_share_it_and_no_other_cache_does"
    assert ProcessCache(name, {}).get("names") is NAMES
    assert ProcessCache("another", {}).get("names") is None
