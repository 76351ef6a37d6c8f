"""What the tests of finding share."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.cache import cache, caches

# A Monday, in winter time.
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def today():
    """It is noon on Monday 23 November 2026."""
    with time_machine.travel(NOW, tick=False):
        yield NOW


@pytest.fixture
def kept(settings):
    """Each process keeps the site's name, crisis lines and notes, as outside of tests."""
    process = {"BACKEND": "config.process_cache.ProcessCache", "LOCATION": "kept"}
    settings.CACHES = {**settings.CACHES, "process": process}
    yield
    caches["process"].clear()


@pytest.fixture
def no_limit_yet(db: None):
    """Nobody has sent anything lately."""
    cache.clear()
    yield
    cache.clear()
