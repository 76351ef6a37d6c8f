from __future__ import annotations

import pytest
from django.utils import timezone

from accounts.models import AuditEntry, Person
from directory.actions.groups import (
    confirm_group,
    create_group,
    pause_group,
    publish_group,
    update_group,
)
from directory.models import Group, Membership, OnlineRoom, Organisation, Place, Topic
from directory.refusals import Refused
from tests import factories

pytestmark = pytest.mark.django_db
IN_PERSON = {"name": "Grief in Leeds", "format": "in-person", "joining": "just-come"}
ONLINE = {"name": "Grief online", "format": "online", "joining": "sign-up"}


def made(organisation: Organisation, by: Person, **fields: object) -> Group:
    return create_group(organisation=organisation, by=by, **(IN_PERSON | fields))


def code_of(error: pytest.ExceptionInfo[Refused]) -> str:
    return error.value.refusal.code


def test_a_draft_begins_with_what_the_organisation_knows(
    organisation: Organisation, mo: Person
) -> None:
    group = made(organisation, mo)
    assert (group.status, group.country, group.time_zone) == ("draft", "GB", "Europe/London")
    assert (group.slug, group.version) == ("grief-in-leeds", 1)
    assert not Group.objects.exists()
    entry = AuditEntry.objects.get(action="group.created")
    assert (entry.about, entry.organisation) == (
        f"group:{group.pk}",
        f"organisation:{organisation.pk}",
    )


def test_a_place_and_a_room_come_with_it(organisation: Organisation, mo: Person) -> None:
    group = made(
        organisation,
        mo,
        format="hybrid",
        joining="sign-up",
        new_place={"town": "Leeds", "country": "GB"},
        online_room={"url": "https://rooms.example.org/j/1", "passcode": "7"},
    )
    assert group.place == Place.objects.get(town="Leeds", organisation=organisation)
    assert OnlineRoom.objects.get(group=group).passcode == "7"


def test_one_name_gives_each_group_an_address_of_its_own(
    organisation: Organisation, mo: Person
) -> None:
    slugs = [made(organisation, mo).slug for _ in range(3)]
    assert slugs == ["grief-in-leeds", "grief-in-leeds-2", "grief-in-leeds-3"]


def test_a_name_without_latin_letters_gets_an_address_too(
    organisation: Organisation, mo: Person
) -> None:
    group = made(organisation, mo, name="دعم الحزن")
    assert group.slug.startswith("group-")
    assert made(organisation, mo, name="Café Łódź").slug == "cafe-lodz"


def test_the_address_follows_the_name_until_it_is_published(draft: Group, mo: Person) -> None:
    renamed = update_group(group=draft, by=mo, name="Widows and widowers")
    assert renamed.slug == "widows-and-widowers"
    publish_group(group=draft, by=mo)
    pause_group(group=draft, by=mo)
    assert update_group(group=draft, by=mo, name="Something else").slug == "widows-and-widowers"


def test_a_number_in_an_address_stays(organisation: Organisation, mo: Person) -> None:
    made(organisation, mo)
    second = made(organisation, mo)
    update_group(group=second, by=mo, name="Other")
    assert update_group(group=second, by=mo, name="Grief in Leeds").slug == "grief-in-leeds-2"


def test_only_what_changed_is_written_and_noted(draft: Group, mo: Person) -> None:
    changed = update_group(group=draft, by=mo, summary="Tea.", name=draft.name)
    assert changed.version == draft.version + 1
    assert AuditEntry.objects.get(action="group.changed").detail == {
        "fields": ["summary"],
        "version": 2,
    }


def test_nothing_changed_is_nothing_written(draft: Group, mo: Person, topic: Topic) -> None:
    same = update_group(group=draft, by=mo, name=draft.name, topics=[topic])
    assert same.version == draft.version
    assert not AuditEntry.objects.exists()


def test_publishing_shows_it_and_notes_when(draft: Group, mo: Person) -> None:
    publish_group(group=draft, by=mo)
    shown = Group.objects.get()
    assert shown.confirmed_on == timezone.localdate()
    assert shown.published_at is not None
    assert AuditEntry.objects.get().action == "group.published"


def test_pausing_hides_it_and_publishing_again_keeps_the_first_day(
    draft: Group, mo: Person
) -> None:
    first = publish_group(group=draft, by=mo).published_at
    pause_group(group=draft, by=mo)
    assert not Group.objects.exists()
    assert publish_group(group=draft, by=mo).published_at == first


def test_confirming_moves_the_day(group: Group, mo: Person) -> None:
    Group.everything.update(confirmed_on="2020-01-01")
    assert confirm_group(group=group, by=mo).confirmed_on == timezone.localdate()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"joining": "just-come", "format": "online"}, "joining"),
        ({"joining": "just-come", "format": "hybrid"}, "joining"),
        ({"joining": "ask"}, "answer_within_days"),
        ({"joining": "ask", "answer_within_days": 0}, "answer_within_days"),
        ({"min_age": 30, "max_age": 20}, "max_age"),
        ({"usual_size_from": 9, "usual_size_to": 4}, "usual_size_to"),
        ({"capacity": 0}, "capacity"),
        ({"meeting_capacity": 0}, "meeting_capacity"),
    ],
)
def test_contradictions_are_refused_before_the_database_has_to(
    fields: dict[str, object], code: str, organisation: Organisation, mo: Person
) -> None:
    with pytest.raises(Refused) as refused:
        made(organisation, mo, **fields)
    assert code_of(refused) == code
    assert not Group.everything.exists()


def test_another_organisations_place_is_refused(organisation: Organisation, mo: Person) -> None:
    with pytest.raises(Refused) as refused:
        made(organisation, mo, place=factories.make_place())
    assert code_of(refused) == "place"


@pytest.mark.parametrize(
    ("lacking", "code"),
    [
        ({"summary": ""}, "summary"),
        ({"languages": []}, "languages"),
        ({"place": None}, "place"),
        ({"format": "online", "joining": "sign-up"}, "room_url"),
        ({"joining": "ask", "answer_within_days": 3}, "facilitators"),
        ({"topics": []}, "topics"),
    ],
)
def test_what_visitors_need_has_to_be_there(
    lacking: dict[str, object], code: str, draft: Group, mo: Person
) -> None:
    update_group(group=draft, by=mo, **lacking)
    with pytest.raises(Refused) as refused:
        publish_group(group=draft, by=mo)
    assert code_of(refused) == code
    assert not Group.objects.exists()


@pytest.mark.parametrize("lacking", [{"summary": ""}, {"place": None}, {"topics": []}])
def test_a_published_group_keeps_what_visitors_need(
    lacking: dict[str, object], draft: Group, mo: Person
) -> None:
    publish_group(group=draft, by=mo)
    with pytest.raises(Refused) as refused:
        update_group(group=draft, by=mo, **lacking)
    assert code_of(refused) in lacking
    assert Group.objects.get().summary == "Tea and talk."


def test_what_an_import_left_out_does_not_stop_other_changes(group: Group, mo: Person) -> None:
    assert (group.summary, group.is_published) == ("", True)
    assert update_group(group=group, by=mo, who_greets="Fay").who_greets == "Fay"


def test_only_its_own_moderators_act_for_an_organisation(
    draft: Group, organisation: Organisation, ada: Person, fay: Person, pat: Person
) -> None:
    for person in (ada, fay, pat):
        for act in (
            lambda by: made(organisation, by),
            lambda by: update_group(group=draft, by=by, name="Mine"),
            lambda by: publish_group(group=draft, by=by),
            lambda by: pause_group(group=draft, by=by),
            lambda by: confirm_group(group=draft, by=by),
        ):
            with pytest.raises(Refused) as refused:
                act(person)
            assert code_of(refused) == "not_yours"
    assert not AuditEntry.objects.exists()


def test_a_version_that_is_no_longer_the_newest_is_refused(draft: Group, mo: Person) -> None:
    update_group(group=draft, by=mo, version=1, summary="Coffee.")
    with pytest.raises(Refused) as refused:
        update_group(group=draft, by=mo, version=1, summary="Cake.")
    assert code_of(refused) == "changed_meanwhile"
    assert Group.everything.get(pk=draft.pk).summary == "Coffee."


def test_a_closed_group_stays_closed(draft: Group, mo: Person) -> None:
    Group.everything.update(status="closed")
    with pytest.raises(Refused) as refused:
        publish_group(group=draft, by=mo)
    assert code_of(refused) == "closed"


def test_more_places_let_in_those_who_wait(group: Group, mo: Person) -> None:
    Group.everything.update(capacity=1, meeting_capacity=1)
    group.refresh_from_db()
    people = [factories.make_person() for _ in range(3)]
    for person, state in zip(people, ("active", "active", "waiting"), strict=True):
        factories.make_membership(group, person, state)
    meeting = factories.make_meeting(group)
    factories.make_seat(meeting, people[0])
    seat = factories.make_seat(meeting, people[1], "waiting")
    update_group(group=group, by=mo, who_greets="Fay")
    assert Membership.objects.waiting().count() == 1
    update_group(group=group, by=mo, capacity=3, meeting_capacity=None)
    seat.refresh_from_db()
    assert (Membership.objects.active().count(), seat.state) == (3, "offered")


def test_a_pause_that_ends_lets_in_those_who_wait(draft: Group, mo: Person) -> None:
    factories.make_membership(draft, factories.make_person(), "waiting")
    publish_group(group=draft, by=mo)
    assert Membership.objects.active().count() == 1
