"""A feed taken over again: what changed there changes here, what was edited here stays."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import AuditEntry, OutgoingMail
from directory.emails import render
from directory.models import (
    Group,
    ImportedListing,
    Meeting,
    OnlineRoom,
    Organisation,
    Place,
    ScheduleChange,
    Series,
)
from tests import factories

pytestmark = pytest.mark.django_db
ROW = {
    "slug": "tuesday-steps",
    "name": "Tuesday Steps",
    "day": 2,
    "time": "19:30",
    "formatted_address": "8 High St, Leeds LS1 4AB, UK",
    "notes": "Bring tea.",
    "types": ["O", "X"],
}
ONLINE = {
    "slug": "sunday-online",
    "name": "Sunday Online",
    "day": 0,
    "time": "10:00",
    "conference_url": "https://zoom.us/j/81234567890?pwd=Zz9xY8",
    "notes": "Passcode: hope77",
    "attendance_option": "online",
}


@pytest.fixture(autouse=True)
def topic():
    return factories.make_topic(slug="alcohol", name="Alcohol")


@pytest.fixture
def take(tmp_path, capsys):
    def run(rows, *options):
        path = tmp_path / "feed.json"
        path.write_text(json.dumps(rows))
        call_command(
            "import_listings",
            str(path),
            "--format=meeting-guide",
            "--organisation=Leeds Intergroup",
            "--timezone=Europe/London",
            "--country=GB",
            "--topic=alcohol",
            *options,
        )
        return capsys.readouterr().out

    return run


def group(key="tuesday-steps"):
    listing = ImportedListing.objects.get(key=key)
    return Group.everything.select_related("place").get(imported_listing=listing)


def rows(count):
    return [ROW | {"slug": f"row-{number}", "name": f"Row {number}"} for number in range(count)]


def test_rows_land_as_drafts_with_all_that_visitors_need(take):
    assert "1 new" in take([ROW])
    steps = group()
    assert (steps.status, steps.joining, steps.access_features) == (
        "draft",
        "just-come",
        ["step-free"],
    )
    assert (steps.place.address, steps.place.town) == ("8 High St", "Leeds")
    assert (steps.summary, steps.languages) == ("Alcohol: a peer support group in Leeds.", ["en"])
    assert [it.slug for it in steps.topics.all()] == ["alcohol"]


def test_the_organisation_is_made_once(take):
    take([ROW])
    take([ROW])
    assert Organisation.objects.get().slug == "leeds-intergroup"


def test_an_organisation_that_is_there_is_taken_whatever_the_case(take):
    there = factories.make_organisation(name="LEEDS intergroup")
    take([ROW])
    assert group().organisation == there


def test_published_when_asked_with_twelve_weeks_of_dates(take):
    assert "12 dates made" in take([ROW], "--publish")
    steps = group()
    assert steps.is_published
    assert steps.confirmed_on == timezone.now().date()
    starts = [it.starts_at.astimezone().isoformat() for it in steps.meetings.all()]
    assert len(set(starts)) == 12


def test_drafts_are_published_by_a_later_run(take):
    take([ROW])
    assert "0 new, 1 changed" in take([ROW], "--publish")
    assert group().is_published
    assert "0 new, 0 changed, 1 as before" in take([ROW])
    assert group().is_published


def test_an_online_group_asks_for_a_sign_up_whatever_was_wished(take):
    take([ONLINE], "--publish", "--joining=just-come")
    online = group("sunday-online")
    assert (online.joining, online.place, online.is_published) == ("sign-up", None, True)
    room = OnlineRoom.objects.get(group=online)
    assert (room.url, room.passcode) == ("https://zoom.us/j/81234567890?pwd=Zz9xY8", "hope77")
    assert online.description == ""


def test_an_online_group_without_a_way_in_stays_a_draft(take):
    said = take([ONLINE | {"conference_url": "", "notes": ""}], "--publish")
    assert "not how one gets in" in said
    assert group("sunday-online").status == "draft"


def test_a_changed_row_changes_only_what_changed(take):
    take([ROW], "--publish")
    before = group()
    assert "0 new, 1 changed" in take([ROW | {"notes": "Bring coffee."}], "--publish")
    after = group()
    assert (after.description, after.version) == ("Bring coffee.", before.version + 1)
    assert (after.name, after.slug, after.place_id) == (before.name, before.slug, before.place_id)
    assert Meeting.everything.count() == 12


def test_places_follow_when_a_group_meets_in_another_way(take):
    both = ONLINE | {"formatted_address": ROW["formatted_address"], "attendance_option": "hybrid"}
    take([both], "--publish")
    ben, meeting = factories.make_person(), Meeting.everything.first()
    factories.make_membership(group("sunday-online"), ben)
    seat = factories.make_seat(meeting, ben)
    take([ONLINE], "--publish")
    assert group("sunday-online").format == "online"
    assert OutgoingMail.objects.get(kind="format_changed").person == ben
    take([both], "--publish")
    seat.refresh_from_db()
    assert (seat.is_online, seat.state) == (True, "confirmed")


def test_what_was_edited_here_stays(take):
    take([ROW])
    Group.everything.update(description="Tea and biscuits.", name="Steps on Tuesday")
    said = take([ROW | {"notes": "Bring coffee.", "types": ["O"]}])
    assert (group().description, group().name) == ("Tea and biscuits.", "Steps on Tuesday")
    assert group().access_features == []
    assert "kept as edited here: description" in said
    assert "0 changed" in take([ROW | {"notes": "Bring coffee.", "types": ["O"]}])


def test_an_edited_link_stays_and_no_link_is_kept_in_the_memory(take):
    take([ONLINE])
    OnlineRoom.objects.update(url="https://meet.jit.si/Ours")
    take([ONLINE | {"conference_url": "https://zoom.us/j/89999999999", "notes": "Passcode: new88"}])
    room = OnlineRoom.objects.get()
    assert (room.url, room.passcode) == ("https://meet.jit.si/Ours", "new88")
    memory = json.dumps(ImportedListing.objects.get().values)
    assert not any(secret in memory for secret in ("zoom", "8123", "hope77", "new88", "Zz9xY8"))


def test_a_place_edited_here_stays_and_one_that_moved_is_left_behind(take):
    take([ROW])
    take([ROW | {"formatted_address": "9 Low St, Leeds LS1 4AB, UK"}])
    assert group().place.address == "9 Low St"
    assert Place.objects.count() == 1
    Place.objects.update(address="9a Low Street")
    take([ROW | {"formatted_address": "10 Low St, Leeds LS1 4AB, UK"}])
    assert group().place.address == "9a Low Street"


def test_groups_at_one_address_share_a_place(take):
    take(rows(3))
    assert Place.objects.count() == 1


def test_another_time_gives_new_dates_and_takes_the_empty_ones_away(take):
    take([ROW], "--publish")
    take([ROW | {"time": "20:00"}], "--publish")
    old, new = Series.objects.order_by("created_at")
    assert (old.ended_at is None, new.ended_at is None) == (False, True)
    assert not Meeting.everything.filter(series=old).exists()
    assert Meeting.everything.filter(series=new).count() == 12


def test_dates_that_people_hold_a_place_at_are_cancelled_not_taken_away(take):
    take([ROW], "--publish")
    ben = factories.make_person("Ben")
    factories.make_membership(group(), ben)
    third = Meeting.everything.order_by("starts_at")[2]
    factories.make_seat(third, ben)
    take([ROW | {"time": "20:00"}], "--publish")
    third.refresh_from_db()
    assert (third.status, third.reason != "") == ("cancelled", True)
    assert Meeting.everything.filter(status="cancelled").count() == 2  # the next one tells Ben
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.person) == ("schedule_changed", ben)
    assert render(mail).body.count("- Cancelled: ") == 2


def test_another_length_keeps_the_dates(take):
    take([ROW], "--publish")
    before = set(Meeting.everything.values_list("id", flat=True))
    take([ROW | {"end_time": "21:00"}], "--publish")
    assert set(Meeting.everything.values_list("id", flat=True)) == before
    meeting = Meeting.everything.first()
    assert meeting.ends_at - meeting.starts_at == timedelta(minutes=90)


def test_of_another_length_people_with_places_are_told(take, ben):
    take([ROW], "--publish")
    _first, second = Meeting.everything.order_by("starts_at")[:2]
    factories.make_membership(group(), ben)
    factories.make_seat(second, ben)
    take([ROW | {"end_time": "21:00"}], "--publish")
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.person) == ("schedule_changed", ben)
    told = render(mail).body
    assert told.count("- New time: ") == 4
    # Both ends are named: the starts are the same.
    assert "7:30\xa0pm to 9\xa0pm" in told
    assert "7:30\xa0pm to 8:30\xa0pm" in told
    assert group().series.get().duration_minutes == 90


def test_of_another_length_nobody_is_told_where_nobody_comes(take):
    take([ROW], "--publish")
    take([ROW | {"end_time": "21:00"}], "--publish")
    assert not OutgoingMail.objects.exists()
    assert not ScheduleChange.objects.exists()


def test_a_schedule_edited_here_stays(take):
    take([ROW], "--publish")
    Series.objects.update(rule="FREQ=MONTHLY;BYDAY=2TU")
    assert "kept as edited here: series" in take([ROW | {"time": "20:00"}], "--publish")
    assert Series.objects.get().ended_at is None


def test_a_row_that_is_gone_is_reported_and_hidden_never_deleted(take):
    take(rows(12), "--publish")
    said = take(rows(11), "--publish")
    assert "gone from the feed: Row 11" in said
    assert "1 gone, 0 back, 1 paused" in said
    assert group("row-11").status == "paused"
    assert "0 gone, 1 back" in take(rows(12), "--publish")
    assert group("row-11").is_published
    assert Group.everything.count() == 12


def test_a_feed_that_shrinks_by_more_than_a_tenth_asks_first(take):
    take(rows(10), "--publish")
    with pytest.raises(CommandError, match=r"2 of the 10 groups.*--allow-shrink"):
        take(rows(8), "--publish")
    assert Group.objects.count() == 10
    assert "2 gone" in take(rows(8), "--publish", "--allow-shrink")
    assert Group.objects.count() == 8


def test_a_row_that_cannot_be_read_any_more_is_not_gone(take):
    take(rows(2), "--publish")
    broken = [rows(2)[0], rows(2)[1] | {"day": 9}]
    said = take(broken, "--publish")
    assert "not taken: row 2 (Row 1): There is no day “9”" in said
    assert "0 gone" in said
    assert group("row-1").is_published


def test_closed_for_now_pauses_and_opening_again_shows_it(take):
    take([ROW], "--publish")
    take([ROW | {"types": ["O", "X", "TC"]}], "--publish")
    assert group().status == "paused"
    take([ROW], "--publish")
    assert group().is_published


def test_a_group_that_was_paused_here_is_not_shown_again(take):
    take([ROW], "--publish")
    Group.everything.update(status="paused")
    take([ROW | {"notes": "Bring coffee."}], "--publish")
    assert group().status == "paused"


def test_a_group_deleted_here_stays_away(take):
    by_appointment = ROW | {"day": None, "time": None}
    take([by_appointment])
    group().delete()
    assert "stays away" in take([by_appointment])
    assert not Group.everything.exists()


def test_another_topic_takes_the_place_of_the_former_one(take):
    factories.make_topic(slug="grief", name="Grief")
    take([ROW])
    take([ROW], "--topic=grief")
    assert [it.slug for it in group().topics.all()] == ["grief"]


def test_a_dry_run_says_what_would_happen_and_changes_nothing(take):
    said = take([ROW, ONLINE], "--publish", "--dry-run")
    assert "2 new" in said
    assert "Dry run: nothing has been changed." in said
    assert not Organisation.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_failure_in_the_middle_changes_nothing(take, monkeypatch):
    monkeypatch.setattr("directory.actions.imports.generate_meetings", lambda **_kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        take([ROW])
    assert not Group.everything.exists()
    assert not Organisation.objects.exists()


def test_the_run_is_in_the_audit_trail(take):
    take([ROW, "no row"], "--publish")
    entry = AuditEntry.objects.get(action="listings.imported")
    assert (entry.actor, entry.detail["new"], entry.detail["refused"]) == ("system", 1, 1)


@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        ("--topic=nothing", "There is no topic “nothing”. These are there: alcohol."),
        ("--timezone=Mars/Olympus", "Use an IANA name"),
        ("--country=Atlantis", "There is no country “Atlantis”"),
        ("--organisation= ", "name has 1 to 120 letters"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(take, option, sentence):
    with pytest.raises(CommandError) as refused:
        take([ROW], option)
    assert sentence in str(refused.value)
    assert not Group.everything.exists()


def test_the_number_of_queries_does_not_grow_with_the_feed(take, django_assert_max_num_queries):
    with django_assert_max_num_queries(45):
        take(rows(30), "--publish")
    with django_assert_max_num_queries(15):
        take(rows(30), "--publish")
