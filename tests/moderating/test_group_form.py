from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry
from directory.models import Group, OnlineRoom, Organisation, Place, Topic
from tests import factories
from tests.moderating.conftest import typed

pytestmark = pytest.mark.django_db
ENOUGH = {"name": "Grief in Leeds", "format": "in-person", "joining": "sign-up"}


def new_address(organisation: Organisation) -> str:
    return reverse("create_group", args=[organisation.slug])


def create(client: Client, organisation: Organisation, **fields: Any) -> Any:
    address = new_address(organisation)
    return client.post(address, typed(client.get(address), **(ENOUGH | fields)))


def text_of(response: Any) -> str:
    return response.content.decode()


def test_a_name_a_format_and_a_way_to_join_are_enough(
    as_mo: Client, organisation: Organisation
) -> None:
    response = create(as_mo, organisation)
    group = Group.everything.get()
    assert response["Location"] == reverse("moderated_group", args=[group.pk])
    assert (group.name, group.status, group.languages) == ("Grief in Leeds", "draft", ["en"])
    hub = text_of(as_mo.get(response["Location"]))
    assert "Saved as a draft" in hub
    assert "Say where the group meets." in hub


def test_everything_that_is_asked_is_kept(
    as_mo: Client, organisation: Organisation, topic: Topic
) -> None:
    create(
        as_mo,
        organisation,
        format="hybrid",
        topics=[topic.pk],
        audiences=["women", "carers"],
        access_features=["step-free"],
        languages=["en", "pl"],
        more_languages="Klingon, Irish",
        place="new",
        place_town="Leeds",
        place_address="7 Hill",
        place_country="GB",
        place_shown="area",
        place_area="Leeds, north",
        room_url="https://rooms.example.org/j/1",
        room_passcode="42",
        joining="ask",
        answer_within_days=3,
        min_age=18,
        usual_size_from=4,
        usual_size_to=9,
        who_greets="Fay, in a yellow scarf",
        camera="off",
    )
    group = Group.everything.get()
    assert group.languages == ["en", "pl", "tlh", "ga"]
    assert (group.audiences, group.access_features) == (["women", "carers"], ["step-free"])
    assert (group.place.area, group.place.shown) == ("Leeds, north", "area")
    assert (group.online_room.url, group.online_room.passcode) == (
        "https://rooms.example.org/j/1",
        "42",
    )
    assert (group.answer_within_days, group.min_age, group.camera) == (3, 18, "off")
    assert (group.usual_size_from, group.usual_size_to) == (4, 9)
    assert group.who_greets == "Fay, in a yellow scarf"
    assert list(group.topics.all()) == [topic]


def test_what_was_typed_stays_and_the_mistakes_are_named(
    as_mo: Client, organisation: Organisation
) -> None:
    page = text_of(
        create(
            as_mo,
            organisation,
            name="",
            summary="Tea & talk",
            format="online",
            joining="just-come",
            min_age=30,
            max_age=20,
            more_languages="Elvish",
            time_zone="Mars/Phobos",
            first_timer_places="-1",
        )
    )
    assert "<title>Error: Put up a group" in page
    assert "There is a problem" in page
    for told in (
        'href="#id_name"',
        "Online, people have to sign up first",
        "The highest age is lower than the lowest one.",
        "We do not know the language “Elvish”.",
        "We do not know this time zone. Choose one such as Europe/London.",
        "Write a whole number",
        "Tea &amp; talk</textarea>",
        'value="Elvish"',
    ):
        assert told in page
    assert not Group.everything.exists()


def test_a_new_place_needs_its_town(as_mo: Client, organisation: Organisation) -> None:
    page = text_of(create(as_mo, organisation, place="new", place_name="The Hall"))
    assert "Write the town." in page
    assert not Place.objects.exists()


def test_only_the_organisations_own_places_can_be_chosen(
    as_mo: Client, organisation: Organisation
) -> None:
    ours, theirs = factories.make_place(organisation, town="York"), factories.make_place()
    page = as_mo.get(new_address(organisation)).content.decode()
    assert str(ours.pk) in page
    assert str(theirs.pk) not in page
    assert "Error:" in text_of(create(as_mo, organisation, place=str(theirs.pk)))
    create(as_mo, organisation, place=str(ours.pk))
    assert Group.everything.get().place == ours


def test_the_online_room_is_written_and_never_read(as_mo: Client, mo: Any) -> None:
    group = factories.make_online_group(organisation=mo.moderations.get().organisation)
    address = reverse("edit_group", args=[group.pk])
    page = as_mo.get(address)
    for planted in ("planted-link", "987 654 3210", "planted-passcode"):
        assert planted not in text_of(page)
    as_mo.post(address, typed(page, who_greets="Fay"))
    assert OnlineRoom.objects.get(group=group).passcode == "planted-passcode"
    as_mo.post(address, typed(as_mo.get(address), room_url="https://rooms.example.org/j/new"))
    room = OnlineRoom.objects.get(group=group)
    assert (room.url, room.passcode) == ("https://rooms.example.org/j/new", "")


def test_saving_a_page_that_nobody_changed_changes_nothing(as_mo: Client, draft: Group) -> None:
    address = reverse("edit_group", args=[draft.pk])
    as_mo.post(address, typed(as_mo.get(address)))
    assert Group.everything.get(pk=draft.pk).version == 1
    assert not AuditEntry.objects.exists()


def test_what_a_published_group_needs_cannot_be_taken_away(as_mo: Client, draft: Group) -> None:
    as_mo.post(reverse("publish_group", args=[draft.pk]))
    address = reverse("edit_group", args=[draft.pk])
    page = text_of(as_mo.post(address, typed(as_mo.get(address), summary="")))
    assert "Say in one or two sentences what the group is." in page
    assert 'href="#id_summary"' in page


def test_markup_and_script_in_names_are_text(as_mo: Client, organisation: Organisation) -> None:
    create(as_mo, organisation, name="<script>alert(1)</script>", summary="<b>x</b>")
    group = Group.everything.get()
    for name in ("moderated_group", "edit_group", "preview_group"):
        page = text_of(as_mo.get(reverse(name, args=[group.pk])))
        assert "<script>alert" not in page
        assert "<b>x</b>" not in page


@pytest.mark.parametrize("posted", [{}, {"opened_with": "no json"}, {"opened_with": "[1]"}])
def test_a_bare_post_is_an_error_and_no_crash(
    posted: dict[str, str], as_mo: Client, draft: Group
) -> None:
    response = as_mo.post(reverse("edit_group", args=[draft.pk]), posted)
    assert response.status_code == 200
    assert "There is a problem" in text_of(response)


def test_numbers_too_large_for_the_database_are_an_error(
    as_mo: Client, organisation: Organisation
) -> None:
    page = text_of(create(as_mo, organisation, min_age=99_999_999_999, capacity=99_999_999_999))
    assert "There is a problem" in page


def test_places_for_first_timers_and_from_home_are_kept(
    as_mo: Client, organisation: Organisation
) -> None:
    create(
        as_mo,
        organisation,
        format="hybrid",
        meeting_capacity=8,
        online_capacity=20,
        first_timer_places=2,
        releases_absent="on",
        allows_companions="on",
        allows_single_dates=None,
    )
    group = Group.everything.get()
    assert (group.meeting_capacity, group.online_capacity, group.first_timer_places) == (8, 20, 2)
    assert (group.releases_absent, group.allows_companions) == (True, True)
    assert not group.allows_single_dates


@pytest.mark.parametrize(
    ("typed_in", "told"),
    [
        ({"first_timer_places": 2}, "Say first how many places a meeting has."),
        ({"first_timer_places": 9, "meeting_capacity": 8}, "That is more than a meeting has."),
        ({"online_capacity": 0}, "There has to be room for one person at least"),
    ],
)
def test_places_that_do_not_add_up_are_refused(
    as_mo: Client, organisation: Organisation, typed_in: dict[str, int], told: str
) -> None:
    page = text_of(create(as_mo, organisation, format="hybrid", **typed_in))
    assert told in page
    assert not Group.everything.exists()


@pytest.mark.parametrize("name", ["capacity", "meeting_capacity"])
def test_fewer_places_than_are_taken_are_refused_beside_the_field(
    as_mo: Client, group: Group, name: str
) -> None:
    meeting = factories.make_meeting(group)
    for _number in range(3):
        person = factories.make_person()
        factories.make_membership(group, person)
        factories.make_seat(meeting, person)
    address = reverse("edit_group", args=[group.pk])
    response = as_mo.post(address, typed(as_mo.get(address), **{name: 2}))
    assert set(response.context["form"].errors) == {name}
    assert "More people than that" in text_of(response)
    # How many there are is nothing that a moderator learns: so few are not counted for anybody.
    assert "3 people" not in text_of(response)
    as_mo.post(address, typed(as_mo.get(address), **{name: 3}))
    group.refresh_from_db()
    assert getattr(group, name) == 3


def test_too_many_for_the_way_that_is_left_are_refused_beside_the_number(
    as_mo: Client, group: Group
) -> None:
    Group.everything.update(format="hybrid", meeting_capacity=2, online_capacity=2)
    meeting = factories.make_meeting(group)
    for is_online in (False, True, True):
        person = factories.make_person()
        factories.make_membership(group, person)
        factories.make_seat(meeting, person, is_online=is_online)
    address = reverse("edit_group", args=[group.pk])
    response = as_mo.post(address, typed(as_mo.get(address), format="in-person"))
    assert set(response.context["form"].errors) == {"meeting_capacity"}
    assert "in the room and from home together" in text_of(response)
    as_mo.post(address, typed(as_mo.get(address), format="in-person", meeting_capacity=3))
    group.refresh_from_db()
    assert (group.format, group.meeting_capacity) == ("in-person", 3)
