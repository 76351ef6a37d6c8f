"""The dates of a recurrence rule, in the wall-clock time of a zone.

A rule is a string as in RFC 5545 section 3.3.10, of a small set that a
volunteer can say aloud: every n weeks on some weekdays; every n months on some
nth weekdays ("second and fourth Monday") or on one day of the month; with an
end by COUNT or UNTIL, or none. Pure: no database and no clock.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo, available_timezones

from dateutil import rrule

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DATEUTIL_DAYS = (rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA, rrule.SU)
_KNOWN = {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "COUNT", "UNTIL", "WKST"}
_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?")
_COUNT = re.compile(r"COUNT\s*=\s*\d+", re.IGNORECASE)
_BIT = timedelta(microseconds=1)
_EXAMPLE = "FREQ=WEEKLY;BYDAY=TU"
_INSTEAD = {
    "DAILY": "For every day use FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU.",
    "YEARLY": "For once a year use FREQ=MONTHLY;INTERVAL=12 with BYMONTHDAY or BYDAY.",
    "BYSETPOS": "For the last Friday use FREQ=MONTHLY;BYDAY=-1FR, without BYSETPOS.",
    "BYWEEKNO": "Use FREQ=WEEKLY with INTERVAL, without BYWEEKNO.",
    "BYMONTH": "Use FREQ=MONTHLY with INTERVAL, and skip the dates that fall out.",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule taken apart.

    `days` holds (nth, weekday) pairs, weekday 0 being Monday; nth is 0 in a
    weekly rule, 1 to 5 or -1 to -5 in a monthly one. `until` is naive local
    time unless `until_is_utc`.
    """

    monthly: bool
    interval: int = 1
    days: tuple[tuple[int, int], ...] = ()
    month_day: int | None = None
    count: int | None = None
    until: datetime | None = None
    until_is_utc: bool = False
    week_start: int = 0


def occurrences(
    rule: str,
    start: datetime,
    zone: str,
    *,
    after: datetime | None = None,
    before: datetime | None = None,
    limit: int | None = None,
) -> Iterator[datetime]:
    """Yield the dates of `rule` from `start` on, as aware datetimes, in order.

    `start` is naive local time in `zone`, an IANA name; it is a date itself
    only when it matches the rule. `after` (exclusive) and `before` (inclusive)
    are aware moments. A time that a clock change skips is read with the offset
    from before the change, a time that comes twice is its first (RFC 5545,
    3.3.5); months without the day have no date. A local UNTIL is compared with the clock time that
    the rule names, also where a change of clocks moves it. Raises ValueError, at once and
    with what to use instead, for anything outside the set.
    """
    if start.tzinfo is not None:
        raise ValueError(
            "The start must be local time without an offset; the zone is given beside it."
        )
    for name, bound in (("after", after), ("before", before)):
        if bound is not None and bound.utcoffset() is None:
            raise ValueError(
                f"“{name}” must be a moment with an offset, such as 2030-01-31T19:00+00:00."
            )
    if limit is not None and limit < 0:
        raise ValueError("The limit must be nought or more; leave it out for no limit.")
    dates = _dates(parse(rule), start, find_zone(zone), _utc(after), _utc(before))
    return dates if limit is None else islice(dates, limit)


def begun_later(rule: str, start: datetime, zone: str, day: date) -> tuple[str, date]:
    """Return a rule and its first day with the dates that `rule` has from `day` on, and no other.

    `start` is naive local time before `day`. A COUNT is lowered by the dates before. With no date
    from then on, both come back as they were. Raises ValueError as `occurrences` does.
    """
    count = parse(rule).count
    midnight = at_local(datetime.combine(day, time()), find_zone(zone))
    dates = occurrences(rule, start, zone, after=None if count else midnight - _BIT)
    for gone, found in enumerate(dates):
        if found >= midnight:
            rule = _COUNT.sub(f"COUNT={count - gone}", rule) if count else rule
            return rule, found.date()
    return rule, start.date()


@lru_cache(maxsize=1024)
def parse(rule: str) -> Rule:
    """Take a rule apart. Raises ValueError with what to use instead."""
    parts = _split(rule)
    monthly = _frequency(parts)
    days = tuple(
        _weekday(text, monthly=monthly)
        for text in parts.get("BYDAY", "").split(",")
        if "BYDAY" in parts
    )
    if "COUNT" in parts and "UNTIL" in parts:
        raise ValueError("A rule ends by COUNT or by UNTIL, not by both: use one of them.")
    until, until_is_utc = _until(parts["UNTIL"]) if "UNTIL" in parts else (None, False)
    return Rule(
        monthly=monthly,
        interval=_number(parts, "INTERVAL", most=999) or 1,
        days=tuple(dict.fromkeys(days)),
        month_day=_month_day(parts, monthly=monthly),
        count=_number(parts, "COUNT", most=99_999),
        until=until,
        until_is_utc=until_is_utc,
        week_start=_week_start(parts.get("WKST", "MO")),
    )


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    """Return the IANA names, which the database knows as well.

    Python would also take files that stand beside those of zones, such as "localtime".
    """
    return frozenset(available_timezones() - {"localtime"})


@lru_cache(maxsize=1024)
def find_zone(name: str) -> ZoneInfo:
    """Return the time zone of an IANA name. Raises ValueError for any other name."""
    if name not in zone_names():
        raise ValueError(f"There is no time zone “{name}”. Use an IANA name such as Europe/London.")
    return ZoneInfo(name)


def at_local(naive: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment a local time stands for, as a clock in `zone` shows it.

    Skipped by a clock change: read with the offset from before. Twice: the first.
    """
    return naive.replace(tzinfo=zone, fold=0).astimezone(UTC).astimezone(zone)


def _dates(
    rule: Rule, start: datetime, zone: ZoneInfo, after: datetime | None, before: datetime | None
) -> Iterator[datetime]:
    last = None
    for naive in _local_dates(rule, start, after):
        if rule.until is not None and not rule.until_is_utc and naive > rule.until:
            return
        try:
            moment = naive.replace(tzinfo=zone).astimezone(UTC)
        except OverflowError:  # the last day of the calendar, west of Greenwich
            return
        if rule.until is not None and rule.until_is_utc and moment > rule.until.replace(tzinfo=UTC):
            return
        if before is not None and moment > before:
            return
        # A whole day was once skipped (Samoa, 2011): two dates became one moment.
        if (after is None or moment > after) and moment != last:
            last = moment
            yield moment.astimezone(zone)


def _local_dates(rule: Rule, start: datetime, after: datetime | None) -> Iterator[datetime]:
    start = start.replace(microsecond=0)
    days = rule.days
    month_day = rule.month_day
    if not days and rule.monthly and month_day is None:
        month_day = start.day
    if not days and not rule.monthly:
        days = ((0, start.weekday()),)
    if after is not None and rule.count is None and after.year >= start.year:
        start = _jump(rule, start, after)
    return iter(
        rrule.rrule(
            rrule.MONTHLY if rule.monthly else rrule.WEEKLY,
            dtstart=start,
            interval=rule.interval,
            byweekday=[
                _DATEUTIL_DAYS[day](nth) if nth else _DATEUTIL_DAYS[day] for nth, day in days
            ]
            or None,
            bymonthday=month_day,
            count=rule.count,
            wkst=rule.week_start,
        )
    )


def _jump(rule: Rule, start: datetime, after: datetime) -> datetime:
    """Return a later start with the same dates after `after`: old rules cost no more than new."""
    # Two days cover every offset from UTC; one period more, what a period holds before its start.
    target = after.replace(tzinfo=None) - timedelta(days=2)
    if rule.monthly:
        months = (target.year - start.year) * 12 + target.month - start.month
        whole = (months // rule.interval - 1) * rule.interval
        if whole < 1:
            return start
        year, month = divmod(start.year * 12 + start.month - 1 + whole, 12)
        return start.replace(year=year, month=month + 1, day=1)
    period = timedelta(weeks=rule.interval)
    whole = (target - start) // period - 1
    return start + whole * period if whole >= 1 else start


def _split(rule: str) -> dict[str, str]:
    if not rule.isascii():
        # Digits and letters of other scripts would be read as if they were ours.
        raise ValueError(f"“{rule}” is not a rule. Write it in plain letters, like {_EXAMPLE}.")
    text = rule.strip().upper().removeprefix("RRULE:").rstrip(";")
    parts: dict[str, str] = {}
    for part in text.split(";"):
        name, equals, value = part.partition("=")
        name, value = name.strip(), value.strip()
        if not equals or not value:
            raise ValueError(f"“{part}” is not a part of a rule. Write it like {_EXAMPLE}.")
        if name in parts:
            raise ValueError(f"{name} stands twice in the rule: use it once.")
        if name not in _KNOWN:
            raise ValueError(f"{name} cannot be used here. {_INSTEAD.get(name, _set())}")
        parts[name] = value
    return parts


def _set() -> str:
    return (
        "Use FREQ=WEEKLY with BYDAY=MO,TH, or FREQ=MONTHLY with BYDAY=2MO,-1TH or BYMONTHDAY=15;"
        " and INTERVAL, COUNT or UNTIL."
    )


def _frequency(parts: dict[str, str]) -> bool:
    """Whether the rule is monthly; it may be weekly otherwise."""
    frequency = parts.get("FREQ", "")
    if frequency not in ("WEEKLY", "MONTHLY"):
        named = f"FREQ={frequency} cannot be used here." if frequency else "The rule says no FREQ."
        raise ValueError(f"{named} {_INSTEAD.get(frequency, _set())}")
    return frequency == "MONTHLY"


def _number(parts: dict[str, str], name: str, *, most: int) -> int | None:
    if name not in parts:
        return None
    text = parts[name]
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and 1 <= int(text) <= most):
        raise ValueError(f"{name}={text} cannot be used here. Use a whole number from 1 to {most}.")
    return int(text)


def _weekday(text: str, *, monthly: bool) -> tuple[int, int]:
    found = _DAY.fullmatch(text.strip())
    if not found:
        raise ValueError(
            f"BYDAY={text} is no weekday. Use {', '.join(WEEKDAYS)};"
            " monthly with a number: 2MO, -1TH."
        )
    nth = int(found[1] or 0)
    if not monthly and found[1]:
        raise ValueError(
            f"BYDAY={text} has a number, which a weekly rule has not."
            f" Use FREQ=MONTHLY;BYDAY={text}."
        )
    if monthly and not 1 <= abs(nth) <= 5:
        day = found[2]
        raise ValueError(
            f"BYDAY={text} does not say which one of the month. Use 1{day} to 5{day},"
            f" or -1{day} for the last; for every week use FREQ=WEEKLY;BYDAY={day}."
        )
    return nth, WEEKDAYS.index(found[2])


def _month_day(parts: dict[str, str], *, monthly: bool) -> int | None:
    if "BYMONTHDAY" not in parts:
        return None
    if not monthly:
        raise ValueError("BYMONTHDAY cannot be used in a weekly rule. Use FREQ=MONTHLY, or BYDAY.")
    if "BYDAY" in parts:
        raise ValueError("A monthly rule has BYDAY or BYMONTHDAY, not both: use one of them.")
    text = parts["BYMONTHDAY"]
    if not (text.isascii() and text.isdigit() and len(text) <= 2 and 1 <= int(text) <= 31):
        raise ValueError(
            f"BYMONTHDAY={text} cannot be used here. Use one day from 1 to 31,"
            " or a last weekday such as BYDAY=-1FR."
        )
    return int(text)


def _week_start(text: str) -> int:
    if text not in WEEKDAYS:
        raise ValueError(
            f"WKST={text} is no weekday. Use one of {', '.join(WEEKDAYS)}, or leave it out."
        )
    return WEEKDAYS.index(text)


def _until(text: str) -> tuple[datetime, bool]:
    """Return the last moment, naive; a date alone means the whole of that day."""
    refused = ValueError(
        f"UNTIL={text} is no date. Use 20301231, 20301231T190000 (local) or 20301231T190000Z."
    )
    found = _UNTIL.fullmatch(text)
    if not found:
        raise refused
    try:
        day = date(int(found[1][:4]), int(found[1][4:6]), int(found[1][6:]))
        if found[2] is None:
            return datetime.combine(day, time.max), False
        clock = time(int(found[2][:2]), int(found[2][2:4]), int(found[2][4:]))
    except ValueError:
        raise refused from None
    return datetime.combine(day, clock), found[3] == "Z"


def _utc(moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    try:
        return moment.astimezone(UTC)
    except OverflowError:  # the first or the last day of the calendar
        return moment.replace(tzinfo=UTC)
