"""One's own dates and requests in one list."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from directory.choices import Joining, MembershipState, SeatState
from directory.models import Group
from tests import factories
from tests.signing_up.pages import page_of

pytestmark = pytest.mark.django_db


def test_an_empty_page_helps(as_ada: Client) -> None:
    page = page_of(as_ada, "my_meetings")
    assert "Nothing here yet" in page
    assert reverse("find_groups") in page


def test_who_has_no_meetings_of_their_own_is_led_to_their_work(as_fay: Client) -> None:
    page = page_of(as_fay, "my_meetings")
    assert "To the groups you run" in page
    assert "To the groups you look after" not in page


def test_a_later_date_tells_when_its_own_link_appears(as_ben: Client, group: Group) -> None:
    Group.everything.filter(pk=group.pk).update(format="online", joining=Joining.SIGN_UP)
    first, later = (timezone.now() + timedelta(days=days) for days in (3, 10))
    factories.make_meeting(group, first)
    page = page_of(as_ben, "my_meeting", factories.make_meeting(group, later).pk)
    told = page.partition("The link appears here 30 minutes before the start:")[2]
    opens = (later - timedelta(minutes=30)).astimezone(ZoneInfo(group.time_zone))
    assert opens.isoformat() in told.partition("</p>")[0]


def test_dates_of_all_ones_groups_with_their_zones(as_ada: Client, ada: Person) -> None:
    for zone in ("Europe/London", "America/New_York"):
        group = factories.make_group(time_zone=zone)
        factories.make_membership(group, ada)
        factories.make_meeting(group)
    stranger = factories.make_meeting(factories.make_group(name="Planted group"))
    page = page_of(as_ada, "my_meetings")
    assert "London time" in page
    assert "New York time" in page
    assert str(stranger.pk) not in page
    assert "Planted group" not in page


def test_cancelled_and_moved_dates_say_so(as_ben: Client, group: Group) -> None:
    factories.make_meeting(group, status="cancelled", reason="Snow on the road")
    moved = timezone.now() + timedelta(days=3)
    factories.make_meeting(group, moved, original_start=moved - timedelta(hours=1))
    page = page_of(as_ben, "my_meetings")
    assert "Snow on the road" in page
    assert "Cancelled" in page
    assert "Moved" in page


def test_a_request_waits_with_its_day(as_ada: Client, ada: Person) -> None:
    group = factories.make_group(joining=Joining.ASK, answer_within_days=2)
    membership = factories.make_membership(group, ada, MembershipState.ASKED)
    page = page_of(as_ada, "my_meetings")
    assert "You get an answer by" in page
    assert reverse("my_group", args=[membership.pk]) in page


def test_the_list_asks_as_often_for_many_dates_as_for_one(as_ada: Client, ada: Person) -> None:
    counts = []
    as_ada.get(reverse("my_meetings"))
    for number in (1, 2):
        for _one in range(number):
            group = factories.make_group()
            factories.make_membership(group, ada)
            factories.make_seat(factories.make_meeting(group), ada)
        with CaptureQueriesContext(connection) as queries:
            as_ada.get(reverse("my_meetings"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_what_is_offered_far_ahead_is_shown_before_its_turn(
    as_ben: Client, ben: Person, group: Group
) -> None:
    soon = timezone.now() + timedelta(days=1)
    dates = [factories.make_meeting(group, soon + timedelta(days=day)) for day in range(14)]
    factories.make_seat(dates[-2], ben)
    until = timezone.now() + timedelta(hours=3)
    factories.make_seat(dates[-1], ben, SeatState.OFFERED, offer_expires_at=until)

    page = page_of(as_ben, "my_meetings")

    # A member has a place at every date: that alone does not make a later one worth telling.
    shown = [date for date in dates if f"/me/meetings/{date.id}/" in page]
    assert shown == [*dates[:10], dates[-1]]


def test_a_single_date_far_ahead_is_shown_too(as_ada: Client, ada: Person, group: Group) -> None:
    far = factories.make_meeting(group, timezone.now() + timedelta(days=80))
    terms = {
        "acceptance": factories.make_acceptance(ada),
        "consent": factories.make_consent(ada, group),
    }
    factories.make_seat(far, ada, **terms)
    assert reverse("my_meeting", args=[far.pk]) in page_of(as_ada, "my_meetings")
