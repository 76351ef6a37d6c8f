"""Rows of a Meeting Guide feed: each is taken, or named with its reason."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.exchange.meeting_guide import translate
from directory.listings import Defaults, ListedRoom

DEFAULTS = Defaults(time_zone="Europe/London", country="GB")
ROW = {
    "slug": "tuesday-steps",
    "name": "Tuesday Steps",
    "day": 2,
    "time": "19:30",
    "formatted_address": "8 High St, Leeds LS1 4AB, UK",
    "types": ["O"],
}


def read(*rows):
    return translate(list(rows), defaults=DEFAULTS)


def taken(**fields):
    translation = read(ROW | fields)
    assert translation.refused == ()
    return translation.listings[0]


def reason(row):
    translation = read(row)
    assert translation.listings == ()
    return translation.refused[0].reason


def test_a_plain_row():
    listing = taken()
    assert (listing.key, listing.name, listing.format) == (
        "tuesday-steps",
        "Tuesday Steps",
        "in-person",
    )
    assert (listing.series.rule, listing.series.starts_at_time) == (
        "FREQ=WEEKLY;BYDAY=TU",
        time(19, 30),
    )
    assert (listing.series.duration_minutes, listing.series.time_zone) == (60, "Europe/London")
    assert (listing.place.address, listing.place.town, listing.place.is_exact) == (
        "8 High St",
        "Leeds",
        True,
    )


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("19:30", time(19, 30)),
        ("7:30 PM", time(19, 30)),
        ("7.30pm", time(19, 30)),
        ("7:30 p.m.", time(19, 30)),
        ("19:30:00", time(19, 30)),
        ("1930", time(19, 30)),
        (1930, time(19, 30)),
        ("19h30", time(19, 30)),
        ("19:30 PM", time(19, 30)),
        ("12:00 AM", time(0)),
        ("12 pm", time(12)),
        ("noon", time(12)),
        ("24:00", time(0)),
        (" 8:00 PM ", time(20)),
    ],
)
def test_times_in_many_spellings(written, clock):
    assert taken(time=written).series.starts_at_time == clock


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        (0, "SU"),
        ("6", "SA"),
        ([1, 3], "MO,WE"),
        (["1", 5.0], "MO,FR"),
        ("1,3", "MO,WE"),
        ("Tuesday", "TU"),
        ("thurs", "TH"),
        ([2, 2], "TU"),
        ([0, 6], "SA,SU"),
    ],
)
def test_days_as_number_text_or_list(written, rule):
    assert taken(day=written).series.rule == f"FREQ=WEEKLY;BYDAY={rule}"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("a word", "not a meeting"),
        (None, "not a meeting"),
        ([1, 2], "not a meeting"),
        (ROW | {"day": 7}, "no day “7”"),
        (ROW | {"day": -1}, "no day “-1”"),
        (ROW | {"day": True}, "no day “True”"),
        (ROW | {"day": {"a": 1}}, "no day"),
        (ROW | {"time": "25:00"}, "“25:00” cannot be read"),
        (ROW | {"time": "evening"}, "“evening” cannot be read"),
        (ROW | {"time": "0:30 PM"}, "“0:30 PM” cannot be read"),
        (ROW | {"time": None}, "a day but no time"),
        (ROW | {"day": []}, "a time but no day"),
        (ROW | {"name": "", "group": None}, "no name"),
        (ROW | {"name": "<b></b>"}, "no name"),
        (ROW | {f"column{number}": 1 for number in range(400)}, "more than 300 fields"),
    ],
)
def test_a_row_that_is_not_taken_says_why(row, why):
    assert why in reason(row)


def test_a_refused_row_is_named_by_number_and_name():
    refused = read(ROW, ROW | {"slug": "b", "name": "Odd one", "day": 9}).refused[0]
    assert (refused.row, refused.label, refused.key) == (2, "Odd one", "b")


def test_neither_day_nor_time_means_by_appointment():
    assert taken(day=None, time="").series is None


def test_a_meeting_may_end_after_midnight():
    assert taken(time="23:00", end_time="00:30").series.duration_minutes == 90


@pytest.mark.parametrize("end", ["", None, "19:30", "later"])
def test_without_an_end_it_lasts_an_hour(end):
    assert taken(end_time=end).series.duration_minutes == 60


def test_numeric_slugs_and_ids_are_keys():
    assert taken(slug=12).key == "12"
    assert taken(slug=12.0).key == "12"
    assert taken(slug=None, id=77).key == "77"
    assert len(taken(slug="x" * 300).key) == 80


def test_rows_that_share_a_slug_are_told_apart_by_day_and_time():
    rows = [ROW, ROW | {"day": 4}, ROW | {"day": 4}]
    translation = read(*rows)
    assert [it.key for it in translation.listings] == [
        "tuesday-steps-tu-1930",
        "tuesday-steps-th-1930",
    ]
    assert translation.refused[0].reason == "It is the same meeting as in row 2."


def test_a_row_without_slug_keeps_its_key_from_run_to_run():
    first, again = taken(slug=None), taken(slug="")
    assert first.key == again.key
    assert first.key.startswith("tuesday-steps-tu-1930-")
    assert "no slug" in first.remarks[0]


def test_entities_tags_and_controls_become_plain_text():
    listing = taken(name="Tea &amp; Talk\0", notes="<p>One<br>two</p><script>x()</script>&lt;3")
    assert listing.name == "Tea & Talk"
    assert listing.description == "One\ntwo\n<3"


def test_unknown_types_stay_as_text_and_known_ones_find_their_place():
    listing = taken(types=["W", "X", "S", "SP", "QQ", "", None, 7])
    assert listing.audiences == ("women",)
    assert listing.access_features == ("step-free",)
    assert listing.languages == ("es",)
    assert listing.description == "Also: speakers, QQ, 7."


def test_us_dates_and_other_fields_do_no_harm():
    assert taken(updated="3/14/2021 9:05:30 AM", custom={"deep": [[]]}, lat="x").row == 1


@pytest.mark.parametrize(
    ("fields", "of_format", "closed"),
    [
        ({}, "in-person", False),
        ({"conference_url": "https://zoom.us/j/1"}, "hybrid", False),
        ({"conference_phone": "+44 20 7946 0958"}, "hybrid", False),
        (
            {"conference_url": "https://zoom.us/j/1", "formatted_address": "Leeds, UK"},
            "online",
            False,
        ),
        ({"conference_url": "https://zoom.us/j/1", "approximate": "yes"}, "online", False),
        ({"conference_url": "https://zoom.us/j/1", "types": ["TC"]}, "online", False),
        (
            {"conference_url": "https://zoom.us/j/1", "attendance_option": "in_person"},
            "in-person",
            False,
        ),
        ({"attendance_option": "hybrid"}, "hybrid", False),
        ({"attendance_option": "inactive"}, "in-person", True),
        ({"types": ["TC"]}, "in-person", True),
        ({"notes": "Zoom ID: 812 3456 7890"}, "hybrid", False),
        ({"types": ["ONL"]}, "hybrid", False),
    ],
)
def test_in_person_online_or_both(fields, of_format, closed):
    listing = taken(**fields)
    assert (listing.format, listing.is_closed_for_now) == (of_format, closed)


def test_an_online_group_has_no_place_and_no_stairs():
    listing = taken(
        conference_url="https://zoom.us/j/1", attendance_option="online", types=["X", "ASL"]
    )
    assert listing.place is None
    assert listing.access_features == ("sign-language",)


def test_an_approximate_address_is_shown_as_an_area():
    assert taken(approximate="yes").place.is_exact is False
    assert taken(approximate="no").place.is_exact is True
    assert taken(formatted_address="Leeds, UK").place.is_exact is False
    assert taken(location="Private Residence").place.is_exact is False
    assert taken(location="Private Residence").place.name == ""


@pytest.mark.parametrize(
    ("latitude", "longitude", "remark"),
    [
        (53.8, -1.55, None),
        ("53.8", "-1.55", None),
        (0, 0, "0/0"),
        (-1.55, 53.8, "swapped"),
        (953.8, -1.55, "not on the map"),
        (40.7, -74.0, "far from its country"),
        ("north", "west", "cannot be read"),
        (53.8, None, "cannot be read"),
        (float("nan"), 1, "cannot be read"),
    ],
)
def test_a_point_that_cannot_be_right_is_left_out(latitude, longitude, remark):
    listing = taken(latitude=latitude, longitude=longitude)
    if remark is None:
        assert (listing.place.latitude, listing.place.longitude) == (53.8, -1.55)
        assert listing.remarks == ()
    else:
        assert (listing.place.latitude, listing.place.longitude) == (None, None)
        assert remark in listing.remarks[0]


def test_a_zone_that_does_not_exist_is_replaced_with_a_remark():
    assert taken(timezone="America/New_York").time_zone == "America/New_York"
    listing = taken(timezone="Mars/Olympus")
    assert listing.time_zone == "Europe/London"
    assert "no time zone “Mars/Olympus”" in listing.remarks[0]


@pytest.mark.parametrize(
    ("notes", "rule"),
    [
        ("We meet on the 2nd and 4th Tuesday", "FREQ=MONTHLY;BYDAY=2TU,4TU"),
        ("last Tuesday of the month", "FREQ=MONTHLY;BYDAY=-1TU"),
        ("First & third Tuesdays only", "FREQ=MONTHLY;BYDAY=1TU,3TU"),
        ("every other week", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
    ],
)
def test_a_monthly_pattern_stays_in_the_notes_and_is_suggested(notes, rule):
    listing = taken(notes=notes)
    assert listing.description == notes
    assert listing.series.rule == "FREQ=WEEKLY;BYDAY=TU"
    assert listing.remarks[0].endswith(f"the rule may be {rule}.")


@pytest.mark.parametrize("notes", ["Open meeting last Tuesday of month", "1st Friday", "weekly"])
def test_other_patterns_are_not_suggested(notes):
    assert taken(notes=notes).remarks == ()


def test_secrets_become_protected_wherever_they_stand():
    listing = taken(
        conference_url="https://zoom.us/j/81234567890?pwd=Zz9xY8",
        conference_url_notes="Waiting room; ask Ann 07700 900123",
        conference_phone="+44 20 7946 0958,,81234567890#",
        name="Tuesday Steps ID 812 3456 7890",
        notes="Passcode: hope77. Bring tea.",
        location="Hall, code for Zoom: 331144",
        location_notes="Side door, pw hope77",
        group_notes="Ring Jean on 01632 960123",
    )
    assert listing.name == "Tuesday Steps"
    assert listing.description == "Bring tea."
    assert listing.which_door == "Side door"
    assert listing.room.url == "https://zoom.us/j/81234567890?pwd=Zz9xY8"
    assert listing.room.passcode == "hope77"
    assert listing.room.phone == "+44 20 7946 0958,,81234567890#"
    assert "Waiting room" in listing.room.notes
    assert "900123" not in listing.room.notes
    assert "01632 960123" in listing.private_notes


def test_contacts_and_payments_are_for_the_organisation_alone():
    listing = taken(contact_1_name="Ann D", contact_1_phone="01632 960123", venmo="@ann-d")
    assert listing.private_notes == "Contact: Ann D, 01632 960123\nVenmo: @ann-d"
    assert listing.room == ListedRoom()


def test_a_door_code_is_for_nobody_who_merely_comes():
    listing = taken(notes="Door code 4512. Bring tea.")
    assert listing.description == "Bring tea."
    assert listing.room == ListedRoom()
    assert "4512" in listing.private_notes


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "zoommtg://zoom.us/join?confno=1", "data:x"]
)
def test_only_web_addresses_become_the_link(url):
    assert taken(conference_url=url, attendance_option="hybrid").room.url == ""


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
FIELDS = st.sampled_from(
    """slug name day time end_time timezone types notes location location_notes group latitude
    longitude conference_url conference_phone approximate formatted_address address city region
    regions country url contact_1_phone attendance_option updated""".split()
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.dictionaries(FIELDS, JSON, max_size=8).map(lambda it: ROW | it), max_size=4))
def test_whatever_stands_in_the_fields_each_row_is_in_one_of_the_lists(rows):
    translation = read(*rows)
    numbers = [it.row for it in (*translation.listings, *translation.refused)]
    assert sorted(numbers) == list(range(1, len(rows) + 1))
    assert all(it.reason for it in translation.refused)
