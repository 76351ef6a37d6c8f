"""Drawn rules, compared with a calendar leafed through day by day."""

from calendar import monthrange
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from directory.recurrence import WEEKDAYS, begun_later, occurrences

ZONES = [
    "Europe/London",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "America/St_Johns",
    "Pacific/Chatham",
    "Asia/Kathmandu",
    "UTC",
]


@st.composite
def rules(draw):
    interval = draw(st.integers(1, 5))
    if draw(st.booleans()):
        days = draw(st.lists(st.sampled_from(range(7)), min_size=1, max_size=4, unique=True))
        return {"kind": "weekly", "interval": interval, "days": days}
    if draw(st.booleans()):
        return {"kind": "day", "interval": interval, "day": draw(st.integers(1, 31))}
    nth = st.sampled_from([1, 2, 3, 4, 5, -1, -2])
    days = draw(
        st.lists(st.tuples(nth, st.sampled_from(range(7))), min_size=1, max_size=3, unique=True)
    )
    return {"kind": "nth", "interval": interval, "days": days}


def as_text(rule):
    if rule["kind"] == "weekly":
        return f"FREQ=WEEKLY;INTERVAL={rule['interval']};BYDAY=" + ",".join(
            WEEKDAYS[day] for day in rule["days"]
        )
    if rule["kind"] == "day":
        return f"FREQ=MONTHLY;INTERVAL={rule['interval']};BYMONTHDAY={rule['day']}"
    days = ",".join(f"{nth}{WEEKDAYS[day]}" for nth, day in rule["days"])
    return f"FREQ=MONTHLY;INTERVAL={rule['interval']};BYDAY={days}"


def matches(rule, start, day):
    if rule["kind"] == "weekly":
        first_monday = start.date() - timedelta(days=start.weekday())
        weeks = (day.date() - first_monday).days // 7
        return weeks % rule["interval"] == 0 and day.weekday() in rule["days"]
    months = (day.year - start.year) * 12 + day.month - start.month
    if months % rule["interval"]:
        return False
    if rule["kind"] == "day":
        return day.day == rule["day"]
    from_front = (day.day - 1) // 7 + 1
    from_back = -((monthrange(day.year, day.month)[1] - day.day) // 7 + 1)
    return any((nth, day.weekday()) in rule["days"] for nth in (from_front, from_back))


def leafed_through(rule, start, zone):
    for number in range(3 * 366):
        day = start + timedelta(days=number)
        if matches(rule, start, day):
            yield day.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


starts = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)).map(
    lambda it: it.replace(second=0, microsecond=0)
)


@settings(max_examples=60, deadline=None)
@given(rule=rules(), start=starts, zone=st.sampled_from(ZONES), days_on=st.integers(-400, 700))
def test_any_rule_gives_the_dates_found_by_leafing(rule, start, zone, days_on):
    after = start.replace(tzinfo=UTC) + timedelta(days=days_on)
    before = start.replace(tzinfo=UTC) + timedelta(days=3 * 366 - 3)
    expected = [date for date in leafed_through(rule, start, zone) if after < date <= before]
    found = list(occurrences(as_text(rule), start, zone, after=after, before=before))
    # In the hour that comes twice, Python calls times of two zones unequal, whatever they are.
    assert [date.astimezone(UTC) for date in found] == expected
    assert all(date.utcoffset() == date.astimezone(ZoneInfo(zone)).utcoffset() for date in found)


@st.composite
def endings(draw):
    """How a rule ends: its text, and which of the (local, UTC) dates are left of it."""
    count = draw(st.integers(1, 30))
    last = draw(starts)
    kind = draw(st.sampled_from(["none", "count", "day", "local", "utc"]))
    return {
        "none": ("", lambda dates: dates),
        "count": (f";COUNT={count}", lambda dates: dates[:count]),
        "day": (
            f";UNTIL={last:%Y%m%d}",
            lambda dates: [it for it in dates if it[0].date() <= last.date()],
        ),
        "local": (
            f";UNTIL={last:%Y%m%dT%H%M%S}",
            lambda dates: [it for it in dates if it[0] <= last],
        ),
        "utc": (
            f";UNTIL={last:%Y%m%dT%H%M%S}Z",
            lambda dates: [it for it in dates if it[1] <= last.replace(tzinfo=UTC)],
        ),
    }[kind]


@settings(max_examples=60, deadline=None)
@given(
    rule=rules(),
    start=starts,
    zone=st.sampled_from(ZONES),
    ending=endings(),
    on_a_date=st.lists(st.integers(0, 40), min_size=2, max_size=2),
    limit=st.none() | st.integers(0, 5),
)
def test_any_ending_and_bounds_that_are_dates(rule, start, zone, ending, on_a_date, limit):
    text, left = ending
    days = [start + timedelta(days=number) for number in range(366)]
    dates = left(
        [
            (day, day.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC))
            for day in days
            if matches(rule, start, day)
        ]
    )
    moments = [moment for _local, moment in dates]
    end = start.replace(tzinfo=UTC) + timedelta(days=363)
    after, before = sorted([*moments[on_a_date[0] :][:1], *moments[on_a_date[1] :][:1], end, end])[
        :2
    ]
    expected = [moment for moment in moments if after < moment <= before][:limit]
    found = occurrences(as_text(rule) + text, start, zone, after=after, before=before, limit=limit)
    assert [date.astimezone(UTC) for date in found] == expected


@settings(max_examples=60, deadline=None)
@given(
    rule=rules(), start=starts, count=st.none() | st.integers(1, 60), days_on=st.integers(1, 500)
)
def test_a_rule_that_begins_later_goes_on_as_before(rule, start, count, days_on):
    text = as_text(rule) + (f";COUNT={count}" if count else "")
    day = start.date() + timedelta(days=days_on)
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    before = midnight + timedelta(days=900)
    bounds = {"after": midnight - timedelta(seconds=1), "before": before}
    expected = list(occurrences(text, start, "UTC", **bounds))
    later, first_on = begun_later(text, start, "UTC", day)
    begins = datetime.combine(first_on, start.time())
    if expected:
        assert list(occurrences(later, begins, "UTC", before=before)) == expected
        assert first_on == expected[0].date()
    elif not list(occurrences(text, start, "UTC", after=midnight, limit=1)):
        assert (later, first_on) == (text, start.date())


@settings(max_examples=60, deadline=None)
@given(text=st.text(alphabet="FREQ=WKLYMOTH;INVABDUC,-0129Z ", max_size=60))
def test_any_text_is_a_rule_or_a_kind_refusal(text):
    try:
        dates = occurrences(text, datetime(2030, 1, 1, 19), "UTC", limit=2)
    except ValueError as refused:
        assert str(refused)
    else:
        assert all(date.tzinfo for date in dates)
