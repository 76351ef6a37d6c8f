"""Coming to one date without joining: the pages, the way in, and out again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from directory.choices import AgreementKind, Joining, MembershipState, SeatState
from directory.models import Acceptance, Consent, Group, Meeting, Membership, Seat
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def agreements(db: None) -> None:
    for kind in AgreementKind.values:
        factories.current_agreement(kind)


@pytest.fixture
def meeting(group: Group) -> Meeting:
    return factories.make_meeting(group, timezone.now() + timedelta(days=3))


def come_url(meeting: Meeting) -> str:
    return reverse("come_to_meeting", args=[meeting.pk])


def answers(**over: str) -> dict[str, str]:
    return {
        "accepts": "on",
        "accepted_number": str(factories.current_agreement().number),
        "consents": "on",
        "consented_number": str(factories.current_agreement(AgreementKind.MEMBERSHIP).number),
    } | over


def test_a_visitor_reads_how_to_stay_safe_and_gets_no_cookie(
    client: Client, meeting: Meeting
) -> None:
    response = client.get(come_url(meeting))
    assert response.templates[0].name == "signup/come_safety.html"
    assert not response.cookies
    assert response.context["sign_up_url"].endswith("come%2F%3Fstep%3Dcheck")


def test_a_visitor_who_posts_is_shown_the_beginning(client: Client, meeting: Meeting) -> None:
    client.post(come_url(meeting), answers())
    assert Seat.objects.count() == 0


def test_one_page_with_both_texts_leads_to_a_place(
    as_ada: Client, ada: Person, meeting: Meeting
) -> None:
    page = as_ada.get(f"{come_url(meeting)}?step=check").content.decode()
    assert page.count('type="checkbox"') == 2
    assert "checked" not in page
    response = as_ada.post(come_url(meeting), answers(), follow=True)
    assert response.redirect_chain[-1][0] == reverse("my_meeting", args=[meeting.pk])
    assert "You have a place." in response.content.decode()
    seat = Seat.objects.get(person=ada)
    assert (seat.state, seat.membership) == (SeatState.CONFIRMED, None)
    assert Membership.objects.filter(person=ada).count() == 0


@pytest.mark.parametrize("left_out", ["accepts", "consents", "accepted_number"])
def test_nothing_is_kept_when_a_box_is_left_out(
    as_ada: Client, meeting: Meeting, left_out: str
) -> None:
    sent = {name: value for name, value in answers().items() if name != left_out}
    response = as_ada.post(come_url(meeting), sent)
    assert "There is a problem" in response.content.decode()
    assert (Seat.objects.count(), Acceptance.objects.count()) == (0, 0)


def test_a_yes_that_stands_is_not_asked_for_again(
    as_ada: Client, ada: Person, meeting: Meeting, group: Group
) -> None:
    as_ada.post(come_url(meeting), answers())
    later = factories.make_meeting(group, timezone.now() + timedelta(days=10))
    assert 'type="checkbox"' not in as_ada.get(come_url(later)).content.decode()
    as_ada.post(come_url(later), {"accepted_number": ""})
    assert Seat.objects.confirmed().filter(person=ada).count() == 2
    assert Consent.objects.filter(person=ada).count() == 1


def test_a_group_for_adults_asks_so(as_ada: Client) -> None:
    meeting = factories.make_meeting(factories.make_group(adults_only=True))
    response = as_ada.post(come_url(meeting), answers())
    assert set(response.context["form"].errors) == {"is_adult"}
    asked = [field.name for field in response.context["form"]]
    # What is to be mended is listed in the order of the page.
    assert asked.index("is_adult") < asked.index("accepts")
    as_ada.post(come_url(meeting), answers(is_adult="on"))
    assert Seat.objects.get().state == SeatState.CONFIRMED


def test_hybrid_asks_how_and_a_companion_comes_to_the_room_alone(as_ada: Client) -> None:
    group = factories.make_group(format="hybrid", allows_companions=True)
    meeting = factories.make_meeting(group)
    page = as_ada.get(f"{come_url(meeting)}?step=check").content.decode()
    assert "From home, online" in page
    assert "A companion or carer comes with me" in page
    both = as_ada.post(come_url(meeting), answers(takes_part="home", brings_companion="on"))
    assert set(both.context["form"].errors) == {"brings_companion"}
    as_ada.post(come_url(meeting), answers(takes_part="room", brings_companion="on"))
    seat = Seat.objects.get()
    assert (seat.is_online, seat.brings_companion) == (False, True)


def test_a_full_date_says_so_before_and_after(as_ada: Client, ben: Person, group: Group) -> None:
    full = factories.make_meeting(group, timezone.now() + timedelta(days=4), capacity=1)
    factories.make_seat(full, ben)
    page = as_ada.get(f"{come_url(full)}?step=check").content.decode()
    assert "This date is full." in page
    assert "Wait for a place" in page
    after = as_ada.post(come_url(full), answers(), follow=True).content.decode()
    assert "You are on the waiting list for it." in after
    assert "You are the first in line." in after


def test_who_is_in_the_group_or_has_a_place_is_led_to_their_page(
    as_ben: Client, as_ada: Client, meeting: Meeting
) -> None:
    own = reverse("my_meeting", args=[meeting.pk])
    assert as_ben.get(come_url(meeting)).url == own
    as_ada.post(come_url(meeting), answers())
    assert as_ada.get(come_url(meeting)).url == own
    assert as_ada.post(come_url(meeting), answers()).url == own


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"allows_single_dates": False}, "Places are for people in the group."),
        ({"joining": Joining.ASK, "answer_within_days": 3}, "Places are for people in the group."),
        ({"joining": Joining.JUST_COME}, "You can just come."),
    ],
)
def test_a_group_without_single_dates_says_so(
    client: Client, as_ada: Client, fields: dict[str, object], told: str
) -> None:
    meeting = factories.make_meeting(factories.make_group(**fields))
    for one in (client, as_ada):
        assert told in one.get(come_url(meeting)).content.decode()
    assert as_ada.post(come_url(meeting), answers()).status_code == 409
    assert Seat.objects.count() == 0


def test_who_was_removed_cannot_come_by_this_door(
    as_ada: Client, ada: Person, group: Group, meeting: Meeting
) -> None:
    factories.make_membership(group, ada, MembershipState.REMOVED)
    assert (
        "You cannot take a place in this group at the moment."
        in as_ada.get(come_url(meeting)).content.decode()
    )
    assert as_ada.post(come_url(meeting), answers()).status_code == 409


def test_cancelled_and_begun_dates_take_nobody(as_ada: Client, group: Group) -> None:
    cancelled = factories.make_meeting(group, status="cancelled", reason="Snow")
    begun = factories.make_meeting(group, timezone.now() - timedelta(minutes=5))
    assert "This meeting is cancelled." in as_ada.get(come_url(cancelled)).content.decode()
    assert "This meeting has begun already." in as_ada.get(come_url(begun)).content.decode()


def test_a_bad_address_a_hidden_group_and_a_wrong_method(
    as_ada: Client, group: Group, meeting: Meeting
) -> None:
    assert as_ada.get(reverse("come_to_meeting", args=[group.pk])).status_code == 404
    hidden = factories.make_meeting(factories.make_group(status="paused"))
    assert as_ada.get(come_url(hidden)).status_code == 404
    assert as_ada.put(come_url(meeting)).status_code == 405


def test_given_back_it_is_no_longer_ones_own_and_consent_ends(
    as_ada: Client, ada: Person, meeting: Meeting
) -> None:
    as_ada.post(come_url(meeting), answers())
    own = reverse("my_meeting", args=[meeting.pk])
    assert str(meeting.pk) in as_ada.get(reverse("my_meetings")).content.decode()
    response = as_ada.post(reverse("give_back_seat", args=[meeting.pk]))
    assert response.url == reverse("my_meetings")
    assert as_ada.get(own).status_code == 404
    assert not Consent.objects.standing().filter(person=ada).exists()
    as_ada.post(come_url(meeting), answers())
    assert as_ada.get(own).status_code == 200


def test_an_offer_that_ran_out_leads_back_to_waiting(
    as_ada: Client, ada: Person, meeting: Meeting
) -> None:
    as_ada.post(come_url(meeting), answers())
    Seat.objects.update(state=SeatState.EXPIRED)
    page = as_ada.get(reverse("my_meeting", args=[meeting.pk])).content.decode()
    assert come_url(meeting) in page
    assert as_ada.get(come_url(meeting)).status_code == 200


def test_the_public_page_offers_one_date_and_says_whether_there_is_room(
    client: Client, ben: Person, group: Group
) -> None:
    Group.everything.filter(pk=group.pk).update(meeting_capacity=2, first_timer_places=1)
    meeting = factories.make_meeting(group, timezone.now() + timedelta(days=3))
    earlier = factories.make_meeting(group, timezone.now() - timedelta(days=4))
    address = reverse("meeting", args=[meeting.pk])
    page = client.get(address).content.decode()
    assert "There is room at this date." in page
    assert come_url(meeting) in page
    factories.make_seat(earlier, ben)
    factories.make_seat(meeting, ben)
    response = client.get(address)
    assert "The last places at this date are for people who come for the first time." in (
        response.content.decode()
    )
    factories.make_seat(
        meeting, ada := factories.make_person(), membership=factories.make_membership(group, ada)
    )
    page = client.get(address).content.decode()
    assert "This date is full." in page
    assert not response.cookies
