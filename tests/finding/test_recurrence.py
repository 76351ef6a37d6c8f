"""The dates of a series, in the time that a clock on the wall shows."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from directory.recurrence import at_local, find_zone, occurrences, parse, zone_names

WEEKLY = "FREQ=WEEKLY;BYDAY=TU"


def local(dates):
    return [f"{date:%Y-%m-%d %H:%M %z}" for date in dates]


def in_utc(dates):
    return [f"{date.astimezone(UTC):%Y-%m-%d %H:%M}" for date in dates]


def test_seven_in_the_evening_stays_seven_when_london_changes_its_clocks():
    spring = occurrences(WEEKLY, datetime(2027, 3, 23, 19), "Europe/London", limit=2)
    autumn = occurrences(WEEKLY, datetime(2027, 10, 26, 19), "Europe/London", limit=2)
    assert local(spring) == ["2027-03-23 19:00 +0000", "2027-03-30 19:00 +0100"]
    assert local(autumn) == ["2027-10-26 19:00 +0100", "2027-11-02 19:00 +0000"]


def test_seven_in_the_evening_stays_seven_when_new_york_changes_its_clocks():
    spring = occurrences(WEEKLY, datetime(2027, 3, 9, 19), "America/New_York", limit=2)
    autumn = occurrences(WEEKLY, datetime(2027, 11, 2, 19), "America/New_York", limit=2)
    assert local(spring) == ["2027-03-09 19:00 -0500", "2027-03-16 19:00 -0400"]
    assert local(autumn) == ["2027-11-02 19:00 -0400", "2027-11-09 19:00 -0500"]


def test_lord_howe_changes_by_half_an_hour():
    rule, zone = "FREQ=WEEKLY;BYDAY=SU", "Australia/Lord_Howe"
    gap = occurrences(rule, datetime(2027, 9, 26, 2, 15), zone, limit=2)
    fold = occurrences(rule, datetime(2027, 3, 28, 1, 45), zone, limit=2)
    assert local(gap) == ["2027-09-26 02:15 +1030", "2027-10-03 02:45 +1100"]
    assert local(fold) == ["2027-03-28 01:45 +1100", "2027-04-04 01:45 +1100"]


@pytest.mark.parametrize(
    ("start", "zone", "moment"),
    [
        (datetime(2027, 3, 28, 1, 30), "Europe/London", "2027-03-28 01:30"),
        (datetime(2027, 3, 14, 2, 30), "America/New_York", "2027-03-14 07:30"),
    ],
)
def test_a_time_in_the_gap_is_read_with_the_offset_from_before(start, zone, moment):
    dates = list(occurrences("FREQ=WEEKLY;BYDAY=SU", start, zone, limit=1))
    assert in_utc(dates) == [moment]
    assert dates[0].replace(tzinfo=None) == start + timedelta(hours=1)


@pytest.mark.parametrize(
    ("start", "zone", "moment"),
    [
        (datetime(2027, 10, 31, 1, 30), "Europe/London", "2027-10-31 00:30"),
        (datetime(2027, 11, 7, 1, 30), "America/New_York", "2027-11-07 05:30"),
    ],
)
def test_a_time_that_comes_twice_is_its_first(start, zone, moment):
    assert in_utc(occurrences("FREQ=WEEKLY;BYDAY=SU", start, zone, limit=1)) == [moment]


def test_at_local_reads_a_time_as_a_series_does():
    zone = ZoneInfo("Europe/London")
    assert local([at_local(datetime(2027, 3, 28, 1, 30), zone)]) == ["2027-03-28 02:30 +0100"]


def test_a_day_that_samoa_skipped_gives_one_moment_once():
    dates = occurrences(
        "FREQ=WEEKLY;BYDAY=TH,FR,SA", datetime(2011, 12, 29, 19), "Pacific/Apia", limit=3
    )
    assert in_utc(dates) == ["2011-12-30 05:00", "2011-12-31 05:00", "2012-01-05 05:00"]


def test_the_start_counts_only_when_it_matches():
    wednesday = datetime(2027, 1, 6, 19)
    dates = occurrences("FREQ=WEEKLY;BYDAY=TU;COUNT=2", wednesday, "UTC")
    assert in_utc(dates) == ["2027-01-12 19:00", "2027-01-19 19:00"]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=WEEKLY", ["01-05", "01-12", "01-19"]),
        ("FREQ=WEEKLY;BYDAY=TU,TH", ["01-05", "01-07", "01-12"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", ["01-05", "01-19", "02-02"]),
        ("FREQ=MONTHLY;BYDAY=2MO,4MO", ["01-11", "01-25", "02-08"]),
        ("FREQ=MONTHLY;BYDAY=1MO,3FR", ["01-15", "02-01", "02-19"]),
        ("FREQ=MONTHLY;BYDAY=-1TH", ["01-28", "02-25", "03-25"]),
        ("FREQ=MONTHLY;BYDAY=5FR", ["01-29", "04-30", "07-30"]),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15", ["01-15", "04-15", "07-15"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31", ["01-31", "03-31", "05-31"]),
        ("FREQ=MONTHLY", ["01-05", "02-05", "03-05"]),
        ("rrule:freq=weekly;byday=tu", ["01-05", "01-12", "01-19"]),
    ],
)
def test_rules_of_the_set(rule, days):
    dates = occurrences(rule, datetime(2027, 1, 5, 19), "Europe/London", limit=3)
    assert [f"{date:%m-%d}" for date in dates] == days


def test_every_second_week_counts_weeks_from_the_day_that_begins_them():
    sunday = datetime(2027, 1, 3, 19)
    monday_first = occurrences("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO", sunday, "UTC", limit=3)
    sunday_first = occurrences("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU", sunday, "UTC", limit=3)
    assert [f"{date:%m-%d}" for date in monday_first] == ["01-03", "01-11", "01-17"]
    assert [f"{date:%m-%d}" for date in sunday_first] == ["01-03", "01-04", "01-17"]


@pytest.mark.parametrize(
    ("until", "days"),
    [
        ("20270330T190000", ["03-23", "03-30"]),
        ("20270330T185959", ["03-23"]),
        ("20270330T180000Z", ["03-23", "03-30"]),
        ("20270330T175959Z", ["03-23"]),
        ("20270330", ["03-23", "03-30"]),
    ],
)
def test_until_may_be_local_or_end_in_z(until, days):
    dates = occurrences(f"{WEEKLY};UNTIL={until}", datetime(2027, 3, 23, 19), "Europe/London")
    assert [f"{date:%m-%d}" for date in dates] == days


def test_after_leaves_its_moment_out_and_before_keeps_it():
    bounds = {
        "after": datetime(2027, 1, 5, 19, tzinfo=UTC),
        "before": datetime(2027, 1, 19, 19, tzinfo=UTC),
    }
    dates = occurrences(WEEKLY, datetime(2027, 1, 5, 19), "Europe/London", **bounds)
    assert in_utc(dates) == ["2027-01-12 19:00", "2027-01-19 19:00"]


def test_count_is_counted_from_the_start_also_when_after_is_given():
    after = datetime(2027, 1, 12, 19, tzinfo=UTC)
    dates = occurrences(f"{WEEKLY};COUNT=3", datetime(2027, 1, 5, 19), "UTC", after=after)
    assert in_utc(dates) == ["2027-01-19 19:00"]


def test_no_date_is_no_error():
    assert list(occurrences(f"{WEEKLY};UNTIL=20260101", datetime(2027, 1, 5, 19), "UTC")) == []
    assert (
        list(occurrences("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31", datetime(2027, 2, 1, 19), "UTC"))
        == []
    )
    assert list(occurrences(WEEKLY, datetime(2027, 1, 5, 19), "UTC", limit=0)) == []


def test_the_calendar_ends_quietly():
    start, zone = datetime(2027, 1, 5, 19), "America/New_York"
    last = datetime.max.replace(tzinfo=ZoneInfo(zone))
    assert len(list(occurrences(WEEKLY, start, zone, before=last, limit=3))) == 3
    first = datetime.min.replace(tzinfo=ZoneInfo("Asia/Tokyo"))
    assert len(list(occurrences(WEEKLY, start, zone, after=first, limit=3))) == 3
    assert len(list(occurrences(WEEKLY, datetime(9999, 12, 1, 23), "America/New_York"))) == 4


@pytest.mark.parametrize(
    ("rule", "instead"),
    [
        ("", "FREQ=WEEKLY;BYDAY=TU"),
        ("weekly", "FREQ=WEEKLY;BYDAY=TU"),
        ("BYDAY=TU", "FREQ=WEEKLY with BYDAY"),
        ("FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU"),
        ("FREQ=YEARLY", "FREQ=MONTHLY;INTERVAL=12"),
        ("FREQ=HOURLY", "FREQ=WEEKLY with BYDAY"),
        ("FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1", "BYDAY=-1FR"),
        ("FREQ=WEEKLY;BYWEEKNO=20", "FREQ=WEEKLY with INTERVAL"),
        ("FREQ=MONTHLY;BYMONTH=1", "skip the dates"),
        ("FREQ=MONTHLY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=MO"),
        ("FREQ=MONTHLY;BYDAY=6MO", "1MO to 5MO"),
        ("FREQ=WEEKLY;BYDAY=2MO", "FREQ=MONTHLY;BYDAY=2MO"),
        ("FREQ=WEEKLY;BYDAY=XX", "MO, TU, WE"),
        ("FREQ=WEEKLY;BYMONTHDAY=5", "FREQ=MONTHLY"),
        ("FREQ=MONTHLY;BYMONTHDAY=5;BYDAY=1MO", "one of them"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "1 to 31"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "BYDAY=-1FR"),
        ("FREQ=WEEKLY;INTERVAL=0", "from 1 to 999"),
        ("FREQ=WEEKLY;COUNT=-1", "from 1 to 99999"),
        ("FREQ=WEEKLY;COUNT=2;UNTIL=20300101", "one of them"),
        ("FREQ=WEEKLY;UNTIL=2030-01-01", "20301231T190000Z"),
        ("FREQ=WEEKLY;UNTIL=20300231", "20301231T190000Z"),
        ("FREQ=WEEKLY;WKST=X", "leave it out"),
        ("FREQ=WEEKLY;FREQ=MONTHLY", "once"),
        ("FREQ=MONTHLY;BYDAY=\u0662MO", "plain letters"),
        ("FREQ=WEEKLY;UNTIL=\uff12\uff10\uff12\uff17\uff10\uff11\uff12\uff10", "plain letters"),
        ("FREQ=WEEKLY;BYDAY=\u017fu", "plain letters"),
    ],
)
def test_any_other_rule_says_what_to_use(rule, instead):
    with pytest.raises(ValueError, match=r"[Uu]se|like") as refused:
        occurrences(rule, datetime(2027, 1, 5, 19), "Europe/London")
    assert instead in str(refused.value)


@pytest.mark.parametrize("zone", ["Europe/Leeds", "", "../etc/passwd", "GMT+25", "Europe"])
def test_an_unknown_zone_says_what_to_use(zone):
    with pytest.raises(ValueError, match="Europe/London"):
        occurrences(WEEKLY, datetime(2027, 1, 5, 19), zone)


def test_moments_and_local_times_are_not_mixed_up():
    start, aware = datetime(2027, 1, 5, 19), datetime(2027, 1, 5, 19, tzinfo=UTC)
    with pytest.raises(ValueError, match="local time"):
        occurrences(WEEKLY, aware, "UTC")
    with pytest.raises(ValueError, match="with an offset"):
        occurrences(WEEKLY, start, "UTC", after=start)
    with pytest.raises(ValueError, match="limit"):
        occurrences(WEEKLY, start, "UTC", limit=-1)


def test_a_rule_taken_apart():
    rule = parse("FREQ=MONTHLY;INTERVAL=2;BYDAY=2MO,-1TH;COUNT=4")
    assert (rule.monthly, rule.interval, rule.days, rule.count) == (True, 2, ((2, 0), (-1, 3)), 4)


@pytest.mark.parametrize(
    "name",
    ["localtime", "posixrules", "right/Europe/London", "../../etc/passwd", "Europe", "", "x"],
)
def test_what_the_database_would_not_know_is_no_time_zone(name):
    with pytest.raises(ValueError, match="Use an IANA name"):
        find_zone(name)


def test_every_time_zone_can_be_found():
    assert {"Europe/London", "UTC", "Asia/Kolkata"} <= zone_names()
    assert all(find_zone(name).key == name for name in zone_names())
