"""One's own page of a group: what is kept, being away, leaving."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from directory.choices import Joining, MembershipState
from directory.models import Membership
from tests import factories
from tests.signing_up.pages import page_of

pytestmark = pytest.mark.django_db


def test_ones_own_group_shows_what_is_kept(as_ben: Client, bens_membership: Membership) -> None:
    Membership.objects.update(access_needs="a chair by the door")
    page = page_of(as_ben, "my_group", bens_membership.pk)
    assert "a chair by the door" in page
    assert "version 1, on" in page
    assert page.count(reverse("leave_group", args=[bens_membership.pk])) == 2


def test_leaving_takes_two_clicks(as_ben: Client, bens_membership: Membership) -> None:
    leave = reverse("leave_group", args=[bens_membership.pk])
    assert as_ben.get(leave).status_code == 200
    bens_membership.refresh_from_db()
    assert bens_membership.state == MembershipState.ACTIVE
    assert as_ben.post(leave).url == reverse("my_meetings")
    bens_membership.refresh_from_db()
    assert bens_membership.state == MembershipState.LEFT
    assert bens_membership.consent.withdrawn_at is not None
    assert as_ben.post(leave).url == reverse("my_meetings")


@pytest.mark.parametrize("state", ["asked", "waiting", "declined", "removed", "left"])
def test_each_state_has_a_page(as_ada: Client, ada: Person, state: str) -> None:
    group = factories.make_group(joining=Joining.ASK)
    membership = factories.make_membership(
        group, ada, MembershipState(state), answer="A kind answer" if state == "declined" else ""
    )
    page = page_of(as_ada, "my_group", membership.pk)
    assert ("A kind answer" in page) == (state == "declined")


def away(client: Client, membership: Membership, first: int, last: int) -> Any:
    today = timezone.localdate()
    days = {
        "away_from": (today + timedelta(days=first)).isoformat(),
        "away_until": (today + timedelta(days=last)).isoformat(),
    }
    return client.post(reverse("set_away", args=[membership.pk]), days)


def test_a_member_is_away_and_comes_again(as_ben: Client, bens_membership: Membership) -> None:
    assert "I am away for a while" in page_of(as_ben, "my_group", bens_membership.pk)
    assert away(as_ben, bens_membership, 3, 20).status_code == 302
    assert "Change when you are away" in page_of(as_ben, "my_group", bens_membership.pk)
    bens_membership.refresh_from_db()
    assert bens_membership.away_until == timezone.localdate() + timedelta(days=20)
    as_ben.post(reverse("set_away", args=[bens_membership.pk]), {"back": "1"})
    bens_membership.refresh_from_db()
    assert (bens_membership.away_from, bens_membership.away_until) == (None, None)


@pytest.mark.parametrize(
    ("days", "told"),
    [((5, 3), "The last day is before the first one."), ((-9, -2), "That day has passed.")],
)
def test_days_that_do_not_fit_are_refused(
    as_ben: Client, bens_membership: Membership, days: tuple[int, int], told: str
) -> None:
    assert told in away(as_ben, bens_membership, *days).content.decode()
    bens_membership.refresh_from_db()
    assert bens_membership.away_from is None


def test_nobody_is_away_for_somebody_else(
    as_ada: Client, as_ben: Client, bens_membership: Membership
) -> None:
    assert away(as_ada, bens_membership, 1, 2).status_code == 404
    assert as_ben.put(reverse("set_away", args=[bens_membership.pk])).status_code == 405
    Membership.objects.update(state=MembershipState.WAITING)
    assert away(as_ben, bens_membership, 1, 2).status_code == 404
