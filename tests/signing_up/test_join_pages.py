"""The pages that lead into a group."""

from __future__ import annotations

from unittest import mock

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Person
from directory.actions.locks import BUSY
from directory.choices import AgreementKind, Joining, MembershipState
from directory.models import Acceptance, Consent, Group, Membership, Seat
from directory.refusals import Refused
from directory.rules.agreements import CHANGED
from tests import factories
from tests.signing_up.accounts import newest_code, sign_up, type_code

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def agreements(db: None) -> None:
    for kind in AgreementKind.values:
        factories.current_agreement(kind)


def join_url(group: Group) -> str:
    return reverse("join_group", args=[group.slug])


def answers(**over: str) -> dict[str, str]:
    """What the last page sends when everything is filled in."""
    return {
        "step": "check",
        "access_needs": "",
        "accepts": "on",
        "accepted_number": str(factories.current_agreement().number),
        "consents": "on",
        "consented_number": str(factories.current_agreement(AgreementKind.MEMBERSHIP).number),
    } | over


def test_a_visitor_reads_how_to_stay_safe_and_gets_no_cookie(client: Client, group: Group) -> None:
    response = client.get(join_url(group))
    assert response.templates[0].name == "signup/join_safety.html"
    assert not response.cookies
    way_back = f"?next=%2Fgroups%2F{group.slug}%2Fjoin%2F%3Fstep%3Dquestions"
    assert response.context["sign_up_url"] == f"/accounts/signup/{way_back}"
    assert response.context["sign_in_url"] == f"/accounts/login/{way_back}"


def test_the_first_time_somebody_who_is_signed_in_reads_it_too(
    as_ada: Client, group: Group
) -> None:
    first = as_ada.get(join_url(group))
    assert "signup/join_safety.html" in [one.name for one in first.templates]
    second = as_ada.get(first.context["go_on_url"])
    assert "signup/join_questions.html" in [one.name for one in second.templates]


def test_after_the_first_group_it_is_left_out(as_ben: Client, other_group: Group) -> None:
    response = as_ben.get(join_url(other_group))
    assert "signup/join_questions.html" in [one.name for one in response.templates]


def test_from_nothing_to_joined_in_few_pages_and_fields(client: Client) -> None:
    group = factories.make_group(adults_only=True, joining=Joining.ASK)
    pages, fields = [join_url(group)], set()
    sign_up_url = client.get(pages[0]).context["sign_up_url"]
    pages.append(sign_up_url)
    fields |= set(client.get(sign_up_url).context["form"].fields) - {"website"}
    sign_up(client, "new@example.org", next=f"{join_url(group)}?step=questions")
    pages.append(reverse("account_confirm_login_code"))
    pages.append(type_code(client, newest_code("new@example.org")).url)
    assert pages[-1] == f"{join_url(group)}?step=questions"
    fields |= set(client.get(pages[-1]).context["form"].fields)
    checked = client.post(join_url(group), {"step": "questions", "is_adult": "on"})
    assert "signup/join_group.html" in [one.name for one in checked.templates]
    pages.append("check")
    joined = client.post(join_url(group), answers(is_adult="True"))
    pages.append(joined.url)
    assert len(pages) == 6
    assert len(fields) == 7
    assert Membership.objects.get().state == MembershipState.ASKED


def test_the_last_page_shows_both_texts_in_full_and_two_empty_boxes(
    as_ada: Client, group: Group
) -> None:
    page = as_ada.post(join_url(group), {"step": "questions"}).content.decode()
    for kind in AgreementKind.values:
        assert factories.current_agreement(kind).text in page
    assert page.count('type="checkbox"') == 2
    assert "checked" not in page


def test_answers_travel_with_the_form(as_ada: Client, group: Group) -> None:
    asked = {"step": "questions", "access_needs": "a chair", "would_rather_listen": "on"}
    page = as_ada.post(join_url(group), asked)
    assert '<input type="hidden" name="access_needs" value="a chair"' in page.content.decode()
    back = as_ada.post(join_url(group), answers(step="change", access_needs="a chair"))
    assert back.context["form"]["access_needs"].value() == "a chair"
    as_ada.post(join_url(group), answers(access_needs="a chair", would_rather_listen="True"))
    membership = Membership.objects.get()
    assert (membership.access_needs, membership.would_rather_listen) == ("a chair", True)


def test_a_group_in_both_ways_asks_how_one_usually_takes_part(as_ada: Client) -> None:
    group = factories.make_group(format="hybrid", meeting_capacity=1, online_capacity=1)
    factories.make_meeting(group)
    asked = {"step": "questions", "comes_online": "on"}
    page = as_ada.post(join_url(group), asked).content.decode()
    assert 'name="comes_online" value="True"' in page
    as_ada.post(join_url(group), answers(comes_online="True"))
    assert Membership.objects.get().comes_online
    assert Seat.objects.get().is_online


def test_joining_leads_to_ones_own_page(as_ada: Client, group: Group) -> None:
    response = as_ada.post(join_url(group), answers())
    membership = Membership.objects.get()
    assert response.url == reverse("my_group", args=[membership.pk])
    assert membership.state == MembershipState.ACTIVE


@pytest.mark.parametrize(
    "left_out",
    [("accepts",), ("consents",), ("accepts", "consents"), ("accepted_number",), ("step",)],
)
def test_nothing_is_stored_when_a_box_is_left_out(
    as_ada: Client, group: Group, left_out: tuple[str, ...]
) -> None:
    sent = {name: value for name, value in answers().items() if name not in left_out}
    assert as_ada.post(join_url(group), sent).status_code == 200
    assert (Membership.objects.count(), Acceptance.objects.count()) == (0, 0)
    assert Consent.objects.count() == 0


def test_each_box_says_what_it_is_about(as_ada: Client, group: Group) -> None:
    sent = {"step": "check", "access_needs": "a chair"}
    response = as_ada.post(join_url(group), sent)
    assert set(response.context["form"].errors) == {"accepts", "consents"}
    assert "There is a problem" in response.content.decode()
    assert "a chair" in response.content.decode()


def test_a_text_that_changed_meanwhile_is_shown_anew(as_ada: Client, group: Group) -> None:
    sent = answers()
    newer = factories.make_agreement(text="Quite another text.")
    response = as_ada.post(join_url(group), sent)
    page = response.content.decode()
    assert "This text has changed since you opened the page." in page
    assert "Quite another text." in page
    assert f'name="accepted_number" value="{newer.number}"' in page
    assert not response.context["form"]["accepts"].value()
    assert response.context["form"]["consents"].value()
    assert Membership.objects.count() == 0


def test_a_stale_tab_joins_once(as_ada: Client, group: Group) -> None:
    first, second = (as_ada.post(join_url(group), answers()) for _number in range(2))
    assert first.url == second.url
    assert (Membership.objects.count(), Consent.objects.count()) == (1, 1)


def test_when_many_join_at_once_one_is_asked_to_try_again(as_ada: Client, group: Group) -> None:
    with mock.patch("directory.views.signup.join.join", side_effect=Refused(BUSY)):
        response = as_ada.post(join_url(group), answers(access_needs="a chair"))
    page = response.content.decode()
    assert "Please try again." in page
    assert 'name="access_needs" value="a chair"' in page
    assert response.context["form"]["accepts"].value()


def test_a_text_that_changes_at_the_last_moment_is_shown_anew(as_ada: Client, group: Group) -> None:
    def change_and_refuse(**_fields: object) -> None:
        factories.make_agreement(text="Quite another text.")
        raise Refused(CHANGED)

    with mock.patch("directory.views.signup.join.join", side_effect=change_and_refuse):
        response = as_ada.post(join_url(group), answers())
    assert "Quite another text." in response.content.decode()


def test_a_group_for_adults_asks_so(as_ada: Client) -> None:
    group = factories.make_group(adults_only=True)
    response = as_ada.post(join_url(group), answers())
    assert set(response.context["form"].errors) == {"is_adult"}
    assert Membership.objects.count() == 0


def test_a_group_to_ask_says_when_it_answers_before_and_after(as_ada: Client) -> None:
    group = factories.make_group(joining=Joining.ASK, answer_within_days=4)
    before = as_ada.get(f"{join_url(group)}?step=questions").content.decode()
    assert "answer within 4 days" in before
    after = as_ada.post(join_url(group), answers(message="Hello"), follow=True).content.decode()
    assert "You get an answer within 4 days." in after
    assert "The facilitators answer by" in after


def test_a_full_group_says_so_before_and_after(as_ada: Client) -> None:
    group = factories.make_group(capacity=1)
    factories.make_membership(group, factories.make_person())
    before = as_ada.post(join_url(group), {"step": "questions"}).content.decode()
    assert "The group is full at the moment" in before
    after = as_ada.post(join_url(group), answers(), follow=True).content.decode()
    assert "You are on the waiting list" in after


def test_one_just_comes(client: Client) -> None:
    group = factories.make_group(joining=Joining.JUST_COME)
    response = client.get(join_url(group))
    assert "signup/join_just_come.html" in [one.name for one in response.templates]
    assert not response.cookies


def test_who_is_in_already_is_led_to_their_page(
    as_ben: Client, group: Group, bens_membership: Membership
) -> None:
    assert as_ben.get(join_url(group)).url == reverse("my_group", args=[bens_membership.pk])


def test_who_was_removed_reads_a_calm_sentence(as_ada: Client, ada: Person, group: Group) -> None:
    factories.make_membership(group, ada, MembershipState.REMOVED)
    response = as_ada.get(join_url(group))
    assert "You cannot join this group again here." in response.content.decode()
    assert as_ada.post(join_url(group), answers()).status_code == 409


def test_a_visitor_who_posts_is_shown_the_beginning(client: Client, group: Group) -> None:
    response = client.post(join_url(group), answers())
    assert "signup/join_safety.html" in [one.name for one in response.templates]
    assert Membership.objects.count() == 0


def test_without_any_agreement_nobody_can_join(as_ada: Client, group: Group) -> None:
    Consent.objects.all().delete()
    factories.AgreementVersion.objects.all().delete()
    page = as_ada.get(join_url(group)).content.decode()
    assert "this site has no agreement to show you" in page


@pytest.mark.parametrize("status", ["draft", "paused", "closed"])
def test_groups_that_are_not_public_are_not_there(as_ada: Client, status: str) -> None:
    group = factories.make_group(status=status)
    assert as_ada.get(join_url(group)).status_code == 404
    assert as_ada.post(join_url(group), answers()).status_code == 404


def test_a_bad_address_and_a_wrong_method(as_ada: Client, group: Group) -> None:
    assert as_ada.get("/groups/no-such-group/join/").status_code == 404
    assert as_ada.put(join_url(group)).status_code == 405


def test_looking_changes_nothing(as_ada: Client, group: Group) -> None:
    as_ada.get(join_url(group))
    with CaptureQueriesContext(connection) as queries:
        as_ada.get(f"{join_url(group)}?step=questions")
    assert [query["sql"] for query in queries if not query["sql"].startswith("SELECT")] == []
