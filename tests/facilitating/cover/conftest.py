from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from accounts.models import Person
from directory.actions.cover import ask_for_cover
from directory.models import Cover, Group, Meeting
from tests import factories
from tests.facilitating.cover.steps import START, another, stand_in


@pytest.fixture(autouse=True)
def _ten_days_before() -> Iterator[None]:
    """The clock stands."""
    with time_machine.travel(START - timedelta(days=10), tick=False):
        yield


@pytest.fixture
def meeting(group: Group, fay: Person) -> Meeting:
    """Fay's group, in ten days."""
    return factories.make_meeting(group, START)


@pytest.fixture
def gil(group: Group) -> Person:
    """He runs another group of the same organisation."""
    return another(group, "Gil", group_name="Carers in Leeds", email="gil.planted@example.org")


@pytest.fixture
def hal(group: Group) -> Person:
    return another(group, "Hal", group_name="Living with pain")


@pytest.fixture
def covering(meeting: Meeting, fay: Person, gil: Person) -> Cover:
    """Gil stands in."""
    return stand_in(meeting, fay, gil)


@pytest.fixture
def asked(meeting: Meeting, fay: Person, gil: Person, hal: Person) -> Cover:
    """What Gil is asked, with Hal."""
    ask_for_cover(meeting=meeting, by=fay, note="I have a cold.")
    return Cover.objects.get(person=gil)
