"""The page of one group."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from directory.choices import Format, GroupStatus, Joining
from directory.models import Group, Membership, Organisation
from tests import factories
from tests.finding.pages import json_ld, meetings, source, title, words

pytestmark = pytest.mark.django_db
ADDRESS = "/groups/grief-on-tuesdays/"


@pytest.fixture
def told(organisation: Organisation) -> Group:
    """A group that tells all that can be told."""
    return factories.make_group(
        organisation=organisation,
        slug="grief-on-tuesdays",
        name="Grief on Tuesdays",
        summary="A circle with tea.",
        who_for="People who have lost somebody",
        audiences=["parents", "carers"],
        what_to_expect="One person **speaks** at a time.",
        what_it_is_not="It is not therapy.",
        languages=["en", "bfi"],
        access_features=["step-free"],
        adults_only=True,
        cost="donation",
        cost_note="a pound for the tea",
        openness="closed",
        which_door="The blue door",
        who_greets="Fay, by the door",
        if_late="Come in quietly",
        only_listen="Yes, always",
        bring_somebody="A friend may come",
        usual_size_from=6,
        usual_size_to=12,
        confirmed_on=date(2026, 11, 1),
    )


def test_it_tells_what_one_has_to_know(client: Client, told: Group, today) -> None:
    factories.make_series(told)
    response = client.get(ADDRESS)
    assert title(response) == "Grief on Tuesdays – Waymeet"
    for sentence in (
        "Who it is for People who have lost somebody Parents, Carers",
        "When Every Tuesday, 7 pm to 8:30 pm, London time",
        "Where Quaker Meeting House, 7 Carlton Hill, Leeds, LS7 1QS",
        "Cost Free, donations welcome: a pound for the tea",
        "What to expect One person speaks at a time.",
        "What it is not: It is not therapy.",
        "Which door? The blue door",
        "Who meets me? Fay, by the door",
        "May I be late? Come in quietly",
        "May I only listen? Yes, always",
        "May I bring somebody? A friend may come",
        "How many come? Usually 6 to 12 people",
        "Language English, British Sign Language",
        "Access Step-free",
        "Age 18 and over",
        "New people Closed: the same people for a while",
        "Last confirmed on Sunday 1 November 2026",
    ):
        assert sentence in words(response)


def test_a_group_that_tells_little_has_a_page(client: Client, today) -> None:
    factories.make_group(slug="bare", name="Bare")
    told = words(client.get("/groups/bare/"))
    assert "When On the dates below" in told
    assert "No date is set yet." in told
    assert "Access Nothing is known yet. Please ask before you come." in told
    assert (
        "I would be coming alone: how am I met? The group has not told us who meets you, whether"
        " you may be late, whether you may only listen and whether you may bring somebody."
        " It is fine to ask before you come: Ask a question"
    ) in told


def test_what_the_group_left_open_is_said_and_the_rest_answered(client, told, today) -> None:
    Group.everything.update(if_late="", bring_somebody="")
    page = words(client.get(ADDRESS))
    assert "Who meets me? Fay, by the door" in page
    assert (
        "The group has not told us whether you may be late and whether you may bring somebody."
    ) in page


def test_a_group_that_told_all_leaves_nothing_open(client, told, today) -> None:
    assert "has not told us" not in words(client.get(ADDRESS))


def test_it_leads_to_asking_correcting_sending_and_its_facilitators(client, told, today) -> None:
    facilitator = factories.make_facilitator(told, factories.make_person("Fay"), first_name="Fay")
    page = source(client.get(ADDRESS))
    own_page = f"/facilitators/{facilitator.person.facilitator_profile.public_id}/"
    for address in (f"{ADDRESS}ask/", f"{ADDRESS}wrong/", f"{ADDRESS}calendar.ics", own_page):
        assert f'href="{address}"' in page
    assert str(facilitator.person_id) not in page
    assert "data-print" in page
    assert "data-send-on" in page


@pytest.mark.parametrize("slug", ["no-such-group", "Grief", "x" * 300])
def test_an_unknown_group_is_not_found(client: Client, slug: str) -> None:
    assert client.get(f"/groups/{slug}/").status_code == 404


def test_a_draft_is_not_found_by_anybody(as_mo: Client, organisation: Organisation) -> None:
    factories.make_group(organisation=organisation, slug="draft", status=GroupStatus.DRAFT)
    assert as_mo.get("/groups/draft/").status_code == 404
    assert Client().get("/groups/draft/").status_code == 404


@pytest.mark.parametrize("status", [GroupStatus.PAUSED, GroupStatus.CLOSED])
def test_what_was_never_public_stays_unknown(client: Client, status: str) -> None:
    factories.make_group(slug="hidden", status=status)
    assert client.get("/groups/hidden/").status_code == 404


@pytest.mark.parametrize(
    ("status", "code", "sentence"),
    [
        (GroupStatus.PAUSED, 200, "This group is taking a break"),
        (GroupStatus.CLOSED, 410, "This group has ended"),
    ],
)
def test_a_group_that_rests_says_so_kindly_and_no_more(client, told, status, code, sentence, today):
    Group.everything.update(status=status, published_at=today)
    factories.make_meeting(told)
    response = client.get(ADDRESS)
    assert response.status_code == code
    assert sentence in words(response)
    assert "Carlton" not in source(response)
    assert meetings(response) == []
    # Calendars keep the dates of a file that is gone, so they are given one without any.
    assert b"BEGIN:VEVENT" not in client.get(f"{ADDRESS}calendar.ics").content


def test_nothing_is_posted_to_it(client: Client, group: Group) -> None:
    assert client.post(ADDRESS).status_code == 405


class TestDates:
    def test_the_next_three_with_the_zone_named(self, client: Client, today) -> None:
        group = factories.make_group(slug="new-york", time_zone="America/New_York")
        made = [
            factories.make_meeting(group, today + timedelta(days=1 + 7 * week, hours=12))
            for week in range(-1, 4)
        ]
        response = client.get("/groups/new-york/")
        assert meetings(response) == [str(meeting.pk) for meeting in made[1:4]]
        told = words(response)
        assert "Tuesday 24 November 2026, 7 pm to 8:30 pm, New York time" in told

    def test_cancelled_and_moved_ones_are_never_left_out(self, client, group, today) -> None:
        tuesday = today + timedelta(days=1, hours=7)
        cancelled = {"status": "cancelled", "reason": "No heating."}
        made = [
            factories.make_meeting(group, tuesday, **cancelled),
            factories.make_meeting(
                group,
                tuesday + timedelta(days=8),
                original_start=tuesday + timedelta(days=7),
                reason="A fair in the hall.",
            ),
            factories.make_meeting(group, tuesday + timedelta(days=14)),
        ]
        response = client.get(ADDRESS)
        assert meetings(response) == [str(meeting.pk) for meeting in made]
        assert (
            "Cancelled Tuesday 24 November 2026, 7 pm to 8:30 pm, London time No heating."
            " Wednesday 2 December 2026, 7 pm to 8:30 pm, London time"
            " Moved before: Tuesday 1 December 2026, 7 pm, London time A fair in the hall."
            " Tuesday 8 December 2026, 7 pm to 8:30 pm, London time"
        ) in words(response)

    def test_seven_in_the_evening_stays_seven_when_clocks_change(self, client, group) -> None:
        for day in (datetime(2030, 3, 26, 19, tzinfo=UTC), datetime(2030, 4, 2, 18, tzinfo=UTC)):
            factories.make_meeting(group, day)
        told = words(client.get(ADDRESS))
        assert "Tuesday 26 March 2030, 7 pm to 8:30 pm, London time" in told
        assert "Tuesday 2 April 2030, 7 pm to 8:30 pm, London time" in told

    def test_a_series_that_ended_is_not_told(self, client, group, today) -> None:
        factories.make_series(group, ended_at=today)
        factories.make_series(group, rule="FREQ=WEEKLY;BYDAY=MO;UNTIL=20261101")
        factories.make_series(group, rule="FREQ=MONTHLY;BYDAY=2WE")
        told = words(client.get(ADDRESS))
        assert "When The second Wednesday of the month, 7 pm to 8:30 pm, London time" in told
        assert "Every Tuesday" not in told
        assert "Every Monday" not in told


class TestWhere:
    def page_of(self, client: Client, **fields: object) -> str:
        factories.make_group(slug="somewhere", **fields)
        return words(client.get("/groups/somewhere/"))

    def hidden_place(self):
        return factories.make_place(
            name="Secret House", address="99 Hidden Street", area="Leeds, north", shown="area"
        )

    def test_an_area_is_all_that_is_told_of_it(self, client: Client) -> None:
        place = self.hidden_place()
        told = self.page_of(client, place=place, which_door="Behind Hidden Street")
        assert "Where Leeds, north Only the area is shown here." in told
        assert "Hidden" not in told
        assert "Which door?" not in told

    def test_online_has_no_place_and_its_link_is_for_those_who_signed_up(self, client) -> None:
        told = self.page_of(client, format=Format.ONLINE, camera="off")
        assert "Where Online The link is for people who signed up." in told
        assert "Camera Cameras stay off" in told

    def test_a_place_kept_from_before_is_not_told_online(self, client: Client) -> None:
        told = self.page_of(client, format=Format.ONLINE, place=factories.make_place())
        assert "Carlton" not in told

    def test_a_hybrid_group_tells_both(self, client: Client) -> None:
        told = self.page_of(client, format=Format.HYBRID)
        assert "Where Quaker Meeting House, 7 Carlton Hill, Leeds, LS7 1QS Online" in told

    def test_another_country_is_named(self, client: Client) -> None:
        told = self.page_of(client, place=factories.make_place(town="Perth", country="AU"))
        assert "Perth, LS7 1QS, Australia" in told


class TestJoining:
    def page_of(self, client: Client, joining: str, **fields: object) -> str:
        factories.make_group(slug="somewhere", joining=joining, **fields)
        return source(client.get("/groups/somewhere/"))

    def test_just_come(self, client: Client) -> None:
        page = self.page_of(client, Joining.JUST_COME)
        assert "Just come. You do not sign up, and nobody asks for your name." in page
        assert "/join/" not in page

    def test_sign_up(self, client: Client) -> None:
        page = self.page_of(client, Joining.SIGN_UP)
        assert '<a class="btn btn-primary" href="/groups/somewhere/join/">' in page

    @pytest.mark.parametrize(
        ("days", "promise"),
        [(1, "You get an answer within 1 day."), (3, "You get an answer within 3 days.")],
    )
    def test_asking_says_within_how_many_days(self, client, days, promise) -> None:
        assert promise in self.page_of(client, Joining.ASK, answer_within_days=days)


class TestStanding:
    """Who is in already, or waits, is led to their own page; nobody else learns of it."""

    @pytest.mark.parametrize(
        ("state", "told"),
        [
            ("active", "You and this group You are in this group. Your page of this group"),
            ("asked", "You and this group You have asked to join."),
            ("waiting", "You and this group You are on the waiting list of this group. Your page"),
            ("left", "How to join You sign up here"),
            ("removed", "How to join You sign up here"),
        ],
    )
    def test_own_standing(self, group: Group, as_ada: Client, ada, state: str, told: str) -> None:
        membership = factories.make_membership(group, ada, state=state)
        response = as_ada.get(ADDRESS)
        assert told in words(response)
        is_led = f"/me/groups/{membership.pk}/" in source(response)
        assert is_led == (state in Membership.OPEN)

    def test_others_see_nothing_of_it(self, ben, client: Client, as_ada: Client) -> None:
        for visitor in (client, as_ada):
            assert "Your page of this group" not in words(visitor.get(ADDRESS))

    @pytest.mark.parametrize(("capacity", "is_said"), [(None, False), (1, True), (2, False)])
    def test_a_full_group_says_so(self, client, group, ben, capacity, is_said) -> None:
        Group.everything.update(capacity=capacity)
        assert ("The group is full at the moment." in words(client.get(ADDRESS))) == is_said


class TestConfirmed:
    UNCONFIRMED = "Not recently confirmed"

    @pytest.mark.parametrize(
        ("confirmed_on", "is_said"),
        [(date(2026, 5, 24), False), (date(2026, 5, 23), True)],
    )
    def test_after_half_a_year_the_page_says_so(self, client, told, confirmed_on, is_said, today):
        Group.everything.update(confirmed_on=confirmed_on)
        assert (self.UNCONFIRMED in words(client.get(ADDRESS))) == is_said

    def test_a_new_group_counts_as_confirmed(self, client: Client, group: Group) -> None:
        assert self.UNCONFIRMED not in words(client.get(ADDRESS))


def test_facilitators_who_chose_it_are_named_the_leading_one_first(client, group) -> None:
    for name, fields in (
        ("Ann", {"first_name": "Ann"}),
        ("Fay", {"first_name": "Fay", "role": "lead"}),
        ("Unlisted", {}),
        ("Gone", {"first_name": "Gone", "ended_at": datetime(2026, 1, 1, tzinfo=UTC)}),
    ):
        factories.make_facilitator(group, factories.make_person(name), **fields)
    told = words(client.get(ADDRESS))
    assert "Who runs it Fay and Ann" in told
    assert "Unlisted" not in told
    assert "Gone" not in told


def test_the_crisis_lines_are_those_of_the_groups_country(client: Client) -> None:
    factories.make_crisis_line(country="GB", name="Samaritans")
    factories.make_crisis_line(country="US", name="988 Lifeline")
    factories.make_group(slug="new-york", country="US")
    page = source(client.get("/groups/new-york/"))
    assert "988 Lifeline" in page
    assert "Samaritans" not in page


def test_what_others_wrote_cannot_run(client: Client) -> None:
    attack = "<script>alert(1)</script></script><img src=x onerror=alert(1)>"
    factories.make_group(
        slug="attack", name=attack, summary=attack, description=attack, what_to_expect=attack
    )
    page = source(client.get("/groups/attack/"))
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert json_ld(client.get("/groups/attack/"))["name"] == attack


@pytest.mark.parametrize("count", [1, 3])
def test_rows_cost_no_queries(client, kept, group, count, django_assert_num_queries) -> None:
    Group.everything.update(capacity=5)
    for number in range(count):
        group.topics.add(factories.make_topic())
        factories.make_meeting(group)
        factories.make_series(group)
        factories.make_facilitator(group, factories.make_person(), first_name=f"Fay {number}")
    # The first one takes long, and what is kept for some seconds may be too old after it.
    client.get(ADDRESS)
    client.get(ADDRESS)
    # The group with its organisation and place; dates; changed dates; series; facilitators;
    # members; topics.
    with django_assert_num_queries(7):
        response = client.get(ADDRESS)
    assert len(meetings(response)) == count
