"""The roster, requests, one's own listing, invitations, and the online room."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, OutgoingMail, Person
from directory.actions.memberships import answer_request
from directory.choices import AgreementKind, MembershipState
from directory.invitation_links import invitation_token
from directory.models import (
    Facilitator,
    FacilitatorProfile,
    Group,
    Invitation,
    Meeting,
    Membership,
    OnlineRoom,
)
from directory.queries.search import Search, find_groups
from tests import factories

pytestmark = pytest.mark.django_db


def page_of(client: Client, name: str, *keys: object) -> str:
    return client.get(reverse(name, args=keys)).content.decode()


def test_the_roster_tells_what_people_said_and_nothing_else(
    as_fay: Client, group: Group, ben: Person
) -> None:
    Membership.objects.update(access_needs="A chair with arms.", would_rather_listen=True)
    page = page_of(as_fay, "facilitated_group", group.pk)
    assert "Ben" in page
    assert "A chair with arms." in page
    assert "Would rather listen" in page
    assert "Agreement: yes" in page
    assert ben.email not in page


def test_a_new_agreement_is_not_accepted_yet(as_fay: Client, group: Group, ben: Person) -> None:
    factories.make_agreement(AgreementKind.CONFIDENTIALITY)
    assert "Agreement: not yet" in page_of(as_fay, "facilitated_group", group.pk)


def test_without_consent_nothing_is_shown_of_a_person(
    as_fay: Client, group: Group, bens_membership: Membership
) -> None:
    Membership.objects.update(access_needs="A chair with arms.")
    bens_membership.consent.withdrawn_at = timezone.now()
    bens_membership.consent.save()
    page = page_of(as_fay, "facilitated_group", group.pk)
    assert "Ben" not in page
    assert "A chair with arms." not in page


@pytest.mark.parametrize("capacity", [None, 1])
def test_a_request_to_a_full_group_says_what_a_yes_means(
    as_fay: Client, group: Group, bens_membership: Membership, capacity: int | None
) -> None:
    Group.everything.filter(pk=group.pk).update(capacity=capacity)
    asked = factories.make_membership(group, factories.make_person("Zed"), "asked")
    page = page_of(as_fay, "answer_request", asked.pk)
    assert ("With a yes they wait for a place" in page) == (capacity is not None)


@pytest.mark.parametrize("state", ["left", "declined", "removed"])
def test_who_is_no_longer_in_the_group_is_not_listed(
    as_fay: Client, group: Group, state: str
) -> None:
    factories.make_membership(group, factories.make_person("Zed"), state)
    assert "Zed" not in page_of(as_fay, "facilitated_group", group.pk)


def test_who_comes_and_who_waits(as_fay: Client, meeting: Meeting, ben: Person) -> None:
    Membership.objects.update(access_needs="A chair with arms.")
    factories.make_seat(meeting, ben)
    kit = factories.make_person("Kit")
    factories.make_membership(meeting.group, kit)
    factories.make_seat(meeting, kit, "waiting")
    page = page_of(as_fay, "facilitated_meeting", meeting.pk)
    assert "1 person has a place" in page
    assert "A chair with arms." in page
    assert "<li><bdi>Kit</bdi>" in page


@pytest.fixture
def answer_page(request_to_join: Membership) -> str:
    return reverse("answer_request", args=[request_to_join.pk])


def test_a_request_is_read_before_it_is_answered(as_fay: Client, answer_page: str) -> None:
    page = as_fay.get(answer_page).content.decode()
    assert "I lost my brother." in page
    assert "A chair with arms." in page
    assert "Answer promised by" in page
    assert "planted" not in page


def test_accepted(as_fay: Client, answer_page: str, request_to_join: Membership) -> None:
    answer = as_fay.post(answer_page, {"accept": "yes", "answer": "Welcome."})
    request_to_join.refresh_from_db()
    assert answer.url == reverse("facilitated_group", args=[request_to_join.group_id])
    assert (request_to_join.state, request_to_join.answer) == ("active", "Welcome.")
    assert OutgoingMail.objects.get().kind == "request_accepted"


@pytest.mark.parametrize("start", ["full", "other", "pause"])
def test_declined_with_kind_words_to_start_from(
    as_fay: Client, answer_page: str, request_to_join: Membership, start: str
) -> None:
    page = as_fay.get(f"{answer_page}?no={start}")
    words = page.context["form"].initial["answer"]
    assert str(words).startswith("Thank you for asking.")
    as_fay.post(f"{answer_page}?no={start}", {"decline": "yes", "answer": words})
    request_to_join.refresh_from_db()
    assert (request_to_join.state, request_to_join.message) == ("declined", "")
    assert OutgoingMail.objects.get().kind == "request_declined"


def test_without_a_word_nothing_is_answered(
    as_fay: Client, answer_page: str, request_to_join: Membership
) -> None:
    as_fay.post(answer_page, {"accept": "yes", "answer": ""})
    request_to_join.refresh_from_db()
    assert request_to_join.state == MembershipState.ASKED


def test_a_stale_tab_answers_once(
    as_fay: Client, answer_page: str, request_to_join: Membership, fay: Person
) -> None:
    answer_request(membership=request_to_join, by=fay, accept=True, answer="Welcome.")
    answer = as_fay.post(answer_page, {"decline": "yes", "answer": "No."}, follow=True)
    assert "This request has been answered already." in answer.content.decode()
    request_to_join.refresh_from_db()
    assert request_to_join.state == MembershipState.ACTIVE


def test_unlisted_until_one_says_so(as_fay: Client, fay: Person) -> None:
    FacilitatorProfile.objects.all().delete()
    form = as_fay.get(reverse("my_listing")).context["form"]
    assert form["is_listed"].value() is False


def test_listed_under_a_first_name_the_group_is_found_by_it(as_fay: Client, group: Group) -> None:
    as_fay.post(reverse("my_listing"), {"public_first_name": "Felicity", "is_listed": "on"})
    felicity = Search(words="felicity")
    assert [row.group for row in find_groups(felicity).rows] == [group]
    as_fay.post(reverse("my_listing"), {"public_first_name": "Felicity"})
    assert find_groups(felicity).rows == []


def test_listed_under_no_name_is_refused(as_fay: Client) -> None:
    answer = as_fay.post(reverse("my_listing"), {"public_first_name": " ", "is_listed": "on"})
    assert list(answer.context["form"].errors) == ["public_first_name"]
    assert FacilitatorProfile.objects.get().public_first_name == "Fay"


@pytest.fixture
def invitation_page(invitation: Invitation) -> str:
    return reverse("accept_invitation", args=[invitation_token(invitation.pk)])


def test_looking_at_an_invitation_takes_up_nothing(as_ada: Client, invitation_page: str) -> None:
    page = as_ada.get(invitation_page).content.decode()
    assert "Will you help to run this group?" in page
    assert Facilitator.objects.count() == 0


def test_the_button_takes_it_up_once(
    as_ada: Client, invitation_page: str, invitation: Invitation, ada: Person
) -> None:
    for _ in range(2):
        answer = as_ada.post(invitation_page, {})
        assert answer.url == reverse("facilitated_group", args=[invitation.group_id])
    assert Facilitator.objects.get().person == ada
    assert FacilitatorProfile.objects.get().is_listed is False


def test_a_name_can_be_shown_from_the_start(as_ada: Client, invitation_page: str) -> None:
    answer = as_ada.post(invitation_page, {"is_listed": "on"})
    assert list(answer.context["form"].errors) == ["public_first_name"]
    as_ada.post(invitation_page, {"is_listed": "on", "public_first_name": "Ada"})
    assert FacilitatorProfile.objects.get().public_first_name == "Ada"


@pytest.mark.parametrize("field", ["withdrawn_at", "accepted_at", "expires_at"])
def test_an_invitation_that_has_ended_says_so(
    as_ada: Client, invitation_page: str, invitation: Invitation, field: str
) -> None:
    Invitation.objects.update(**{field: timezone.now() - timedelta(minutes=1)})
    for answer in (as_ada.get(invitation_page), as_ada.post(invitation_page, {})):
        assert answer.status_code == 410
        assert "This invitation cannot be used" in answer.content.decode()
    assert Facilitator.objects.count() == 0


def test_a_link_that_is_not_ours_leads_nowhere(as_ada: Client, invitation_page: str) -> None:
    assert as_ada.get(f"{invitation_page[:-3]}xx/").status_code == 410
    assert as_ada.get(reverse("accept_invitation", args=["x"])).status_code == 410


def test_a_visitor_signs_in_first(client: Client, invitation_page: str) -> None:
    assert client.get(invitation_page).status_code == 302
    assert client.post(invitation_page, {}).status_code == 302
    assert Facilitator.objects.count() == 0


@pytest.fixture
def fays_room(online_group: Group, fay: Person) -> str:
    factories.make_facilitator(online_group, fay)
    return reverse("edit_online_room", args=[online_group.pk])


def room(**given: Any) -> dict[str, Any]:
    return {"url": "https://rooms.example.org/j/new", "seen": _seen(), **given}


def _seen() -> str:
    return OnlineRoom.objects.get().updated_at.isoformat()


def test_the_link_is_replaced_for_all_dates(as_fay: Client, fays_room: str) -> None:
    answer = as_fay.post(fays_room, room())
    assert answer.status_code == 302
    assert OnlineRoom.objects.get().url == "https://rooms.example.org/j/new"
    assert "rooms.example.org" not in str(list(AuditEntry.objects.values()))


def test_the_second_facilitator_sees_the_link_of_the_first(as_fay: Client, fays_room: str) -> None:
    seen = _seen()
    as_fay.post(fays_room, room(url="https://rooms.example.org/j/first", seen=seen))
    answer = as_fay.post(fays_room, room(url="https://rooms.example.org/j/second", seen=seen))
    page = answer.content.decode()
    assert "What is there now" in page
    assert "j/first" in page
    assert 'value="https://rooms.example.org/j/second"' in page
    assert OnlineRoom.objects.get().url == "https://rooms.example.org/j/first"
    form = answer.context["form"]
    as_fay.post(fays_room, {**form.data.dict()})
    assert OnlineRoom.objects.get().url == "https://rooms.example.org/j/second"


def test_a_stale_tab_saves_the_room_once(as_fay: Client, fays_room: str) -> None:
    data = room()
    assert as_fay.post(fays_room, data).status_code == 302
    assert as_fay.post(fays_room, data).status_code == 302


def test_a_link_that_is_none_is_explained(as_fay: Client, fays_room: str) -> None:
    answer = as_fay.post(fays_room, room(url="javascript:alert(1)"))
    assert list(answer.context["form"].errors) == ["url"]


def test_today_and_next(as_fay: Client, group: Group, tonight: Meeting, meeting: Meeting) -> None:
    over = factories.make_meeting(group, timezone.now() - timedelta(days=2))
    context = as_fay.get(reverse("tonight")).context
    shown = [[date.meeting for date in context[name]] for name in ("today", "later")]
    assert shown == [[tonight], [meeting]]
    assert list(context["to_count"]) == [over]


def test_the_overview_costs_no_query_a_row(
    as_fay: Client, group: Group, fay: Person, django_assert_num_queries: Any
) -> None:
    _fill(group, fay, 1)
    as_fay.get(reverse("tonight"))
    with django_assert_num_queries(QUERIES_OF_THE_OVERVIEW):
        as_fay.get(reverse("tonight"))
    _fill(group, fay, 2)
    with django_assert_num_queries(QUERIES_OF_THE_OVERVIEW):
        as_fay.get(reverse("tonight"))


def _fill(group: Group, fay: Person, rows: int) -> None:
    for _ in range(rows):
        other = factories.make_group()
        factories.make_facilitator(other, fay)
        factories.make_membership(group, factories.make_person(), "asked")
        factories.make_meeting(other, timezone.now() - timedelta(minutes=5))
        factories.make_meeting(other, timezone.now() + timedelta(days=3))
        factories.make_meeting(other, timezone.now() - timedelta(days=3))


QUERIES_OF_THE_OVERVIEW = 19
