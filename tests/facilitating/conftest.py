from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import Person
from directory.choices import Joining, MembershipState
from directory.models import Group, Invitation, Meeting, Membership
from tests import factories


@pytest.fixture
def next_week() -> datetime:
    """Noon in UTC, a week from now: the same day everywhere that the tests are about."""
    return (timezone.now() + timedelta(days=7)).replace(hour=12, minute=0, second=0, microsecond=0)


@pytest.fixture
def meeting(group: Group, next_week: datetime) -> Meeting:
    return factories.make_meeting(group, next_week)


@pytest.fixture
def tonight(group: Group) -> Meeting:
    """It began half an hour ago."""
    return factories.make_meeting(group, timezone.now() - timedelta(minutes=30))


@pytest.fixture
def online_group() -> Group:
    return factories.make_online_group(name="Carers online", slug="carers-online")


@pytest.fixture
def request_to_join(group: Group) -> Membership:
    """Ola asks."""
    group.joining, group.answer_within_days = Joining.ASK, 3
    group.save()
    return factories.make_membership(
        group,
        factories.make_person("Ola", email="ola.planted@example.org"),
        MembershipState.ASKED,
        message="I lost my brother.",
        access_needs="A chair with arms.",
    )


@pytest.fixture
def invitation(group: Group) -> Invitation:
    return Invitation.objects.create(
        group=group, email="new@example.org", expires_at=timezone.now() + timedelta(days=14)
    )


@pytest.fixture
def member(group: Group) -> Person:
    person = factories.make_person("Ivo", email="ivo.planted@example.org")
    factories.make_membership(group, person)
    return person
