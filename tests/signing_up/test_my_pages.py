"""One's own meetings, groups, dates and settings."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from directory.choices import Joining, MembershipState, SeatState
from directory.models import Acceptance, Group, Meeting, Membership, Seat
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(group: Group) -> Meeting:
    return factories.make_meeting(group)


def page_of(client: Client, name: str, *args: object) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return response.content.decode()


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


def test_a_place_is_taken_and_given_back(as_ben: Client, ben: Person, meeting: Meeting) -> None:
    response = as_ben.post(reverse("take_seat", args=[meeting.pk]), {"next": "/me/"})
    assert response.url == "/me/"
    assert Seat.objects.get(person=ben).state == SeatState.CONFIRMED
    assert "You have a place" in page_of(as_ben, "my_meeting", meeting.pk)
    as_ben.post(reverse("give_back_seat", args=[meeting.pk]))
    assert Seat.objects.get(person=ben).state == SeatState.GIVEN_BACK


def test_a_button_leads_to_no_other_site(as_ben: Client, meeting: Meeting) -> None:
    away = {"next": "https://evil.example/"}
    response = as_ben.post(reverse("take_seat", args=[meeting.pk]), away)
    assert response.url == reverse("my_meeting", args=[meeting.pk])


def test_a_full_date_says_how_many_wait(as_ben: Client, group: Group) -> None:
    meeting = factories.make_meeting(group, capacity=1)
    for state in (SeatState.CONFIRMED, SeatState.WAITING):
        person = factories.make_person()
        factories.make_membership(group, person)
        factories.make_seat(meeting, person, state)
    assert "This date is full. You can wait" in page_of(as_ben, "my_meeting", meeting.pk)
    as_ben.post(reverse("take_seat", args=[meeting.pk]))
    assert "1 person waits longer than you" in page_of(as_ben, "my_meeting", meeting.pk)


@pytest.mark.parametrize("name", ["take_seat", "give_back_seat"])
def test_a_stale_tab_that_posts_twice_does_it_once(
    as_ben: Client, ben: Person, meeting: Meeting, name: str
) -> None:
    if name == "give_back_seat":
        factories.make_seat(meeting, ben)
    for _number in range(2):
        as_ben.post(reverse(name, args=[meeting.pk]))
    assert Seat.objects.count() == 1


def test_a_refusal_is_a_sentence(as_ben: Client, group: Group) -> None:
    begun = factories.make_meeting(group, timezone.now() - timedelta(minutes=5))
    response = as_ben.post(reverse("take_seat", args=[begun.pk]), follow=True)
    assert "This meeting has begun already." in response.content.decode()


def test_a_new_agreement_is_asked_for_before_a_place(as_ben: Client, meeting: Meeting) -> None:
    newest = factories.make_agreement()
    response = as_ben.post(reverse("take_seat", args=[meeting.pk]), {"next": "/me/"})
    assert response.url == "/me/agreement/?next=%2Fme%2F"
    assert "has changed" in page_of(as_ben, "my_meetings")
    agreed = {"accepts": "on", "accepted_number": newest.number, "next": "/me/"}
    assert as_ben.post(reverse("accept_agreement"), agreed).url == "/me/"
    as_ben.post(reverse("take_seat", args=[meeting.pk]))
    assert Seat.objects.get().state == SeatState.CONFIRMED


def test_agreeing_is_stored_once_with_version_and_time(as_ada: Client, ada: Person) -> None:
    version = factories.current_agreement()
    before = timezone.now()
    for _number in range(2):
        sent = {"accepts": "on", "accepted_number": version.number}
        as_ada.post(reverse("accept_agreement"), sent)
    acceptance = Acceptance.objects.get()
    assert (acceptance.person, acceptance.version) == (ada, version)
    assert before <= acceptance.accepted_at <= timezone.now()
    assert "You agreed to version 1" in page_of(as_ada, "accept_agreement")


@pytest.mark.parametrize("sent", [{"next": ""}, {"accepts": "on"}, {"accepted_number": "1"}])
def test_agreeing_takes_the_box(as_ada: Client, sent: dict[str, str]) -> None:
    factories.current_agreement()
    response = as_ada.post(reverse("accept_agreement"), sent)
    assert "There is a problem" in response.content.decode()
    assert Acceptance.objects.count() == 0


def test_a_site_without_agreement_has_the_page(as_ada: Client) -> None:
    assert "no agreement to show you yet" in page_of(as_ada, "accept_agreement")


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


def test_settings_are_changed(as_ada: Client, ada: Person) -> None:
    sent = {
        "display_name": "  Otter   12 ",
        "is_safe_to_email": "no",
        "mail_preference": "none",
        "language": "es",
        "time_zone": "Europe/Madrid",
    }
    assert as_ada.post(reverse("my_settings"), sent).url == "/es/me/settings/"
    ada.refresh_from_db()
    assert (ada.display_name, ada.is_safe_to_email, ada.mail_preference) == (
        "Otter 12",
        False,
        "none",
    )
    assert (ada.language, ada.time_zone) == ("es", "Europe/Madrid")


def test_settings_that_do_not_fit_change_nothing(as_ada: Client, ada: Person) -> None:
    response = as_ada.post(reverse("my_settings"), {"display_name": "Otter", "time_zone": "Moon"})
    assert {"is_safe_to_email", "time_zone"} <= set(response.context["form"].errors)
    ada.refresh_from_db()
    assert ada.display_name == "Ada"


def test_what_was_answered_is_shown(as_ada: Client) -> None:
    form = as_ada.get(reverse("my_settings")).content.decode()
    assert 'value="yes" id="id_is_safe_to_email_0" required checked' in form.replace("  ", " ")


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


def test_a_member_says_that_they_cannot_come_and_takes_it_again(
    as_ben: Client, ben: Person, meeting: Meeting
) -> None:
    seat = factories.make_seat(meeting, ben)
    assert "I cannot come this time" in page_of(as_ben, "my_meeting", meeting.pk)
    as_ben.post(reverse("give_back_seat", args=[meeting.pk]))
    page = page_of(as_ben, "my_meeting", meeting.pk)
    assert "You are not coming this time" in page
    assert "Take it again" in page
    as_ben.post(reverse("take_seat", args=[meeting.pk]))
    seat.refresh_from_db()
    assert seat.state == SeatState.CONFIRMED


def test_a_place_given_to_somebody_else_meanwhile_is_waited_for(
    as_ben: Client, ben: Person, group: Group
) -> None:
    full = factories.make_meeting(group, timezone.now() + timedelta(days=2), capacity=1)
    factories.make_seat(full, ben, SeatState.GIVEN_BACK)
    other = factories.make_person()
    factories.make_membership(group, other)
    factories.make_seat(full, other)
    assert "This date is full." in page_of(as_ben, "my_meeting", full.pk)
    answer = as_ben.post(reverse("take_seat", args=[full.pk]), follow=True)
    assert "You are on the waiting list for it." in answer.content.decode()


def test_a_hybrid_date_asks_how_and_keeps_it(as_ben: Client, ben: Person, group: Group) -> None:
    Group.everything.filter(pk=group.pk).update(format="hybrid", allows_companions=True)
    Membership.objects.filter(person=ben).update(comes_online=True)
    date = factories.make_meeting(Group.everything.get(pk=group.pk))
    page = page_of(as_ben, "my_meeting", date.pk)
    assert 'value="home"' in page
    assert "A companion or carer comes with me" in page
    as_ben.post(reverse("take_seat", args=[date.pk]), {"takes_part": "home"})
    assert Seat.objects.get().is_online
    assert "from home" in page_of(as_ben, "my_meetings")
    both = {"takes_part": "home", "brings_companion": "on"}
    refused = as_ben.post(reverse("take_seat", args=[date.pk]), both, follow=True)
    assert "nobody needs a place beside yours" in refused.content.decode()


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


@pytest.fixture
def both_ways(group: Group) -> Meeting:
    """A date in the room and online, one place each; a companion may come."""
    Group.everything.filter(pk=group.pk).update(format="hybrid", allows_companions=True)
    return factories.make_meeting(Group.everything.get(pk=group.pk), capacity=2, online_capacity=1)


def test_a_companion_comes_along_later(as_ben: Client, ben: Person, both_ways: Meeting) -> None:
    seat = factories.make_seat(both_ways, ben)
    assert "A companion or carer comes with me" in page_of(as_ben, "my_meeting", both_ways.pk)
    as_ben.post(reverse("take_seat", args=[both_ways.pk]), {"brings_companion": "on"})
    seat.refresh_from_db()
    assert seat.brings_companion
    assert "with a companion" in page_of(as_ben, "my_meeting", both_ways.pk)


def test_one_takes_part_in_the_other_way_and_the_place_goes_on(
    as_ben: Client, ben: Person, group: Group, both_ways: Meeting
) -> None:
    seat = factories.make_seat(both_ways, ben, brings_companion=True)
    waits = factories.make_person()
    factories.make_membership(group, waits)
    next_one = factories.make_seat(both_ways, waits, SeatState.WAITING)
    way = reverse("change_way", args=[both_ways.pk])
    assert "Take part from home instead" in page_of(as_ben, "my_meeting", both_ways.pk)
    assert as_ben.get(way).status_code == 405
    as_ben.post(way, {"takes_part": "home"})
    seat.refresh_from_db()
    next_one.refresh_from_db()
    assert (seat.is_online, seat.brings_companion) == (True, False)
    assert next_one.state == SeatState.OFFERED


def test_without_a_place_in_the_other_way_one_keeps_ones_own(
    as_ben: Client, ben: Person, group: Group, both_ways: Meeting
) -> None:
    seat = factories.make_seat(both_ways, ben)
    other = factories.make_person()
    factories.make_membership(group, other)
    factories.make_seat(both_ways, other, is_online=True)
    way = reverse("change_way", args=[both_ways.pk])
    answer = as_ben.post(way, {"takes_part": "home"}, follow=True)
    assert "You keep the one that you have." in answer.content.decode()
    seat.refresh_from_db()
    assert not seat.is_online


def test_the_way_is_ones_own_and_needs_two(
    as_ada: Client, as_ben: Client, ben: Person, meeting: Meeting
) -> None:
    factories.make_seat(meeting, ben)
    way = reverse("change_way", args=[meeting.pk])
    assert as_ada.post(way, {"takes_part": "home"}).status_code == 404
    answer = as_ben.post(way, {"takes_part": "home"}, follow=True)
    assert "This group meets in one way only." in answer.content.decode()
