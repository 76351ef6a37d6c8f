"""What volunteers answer about dates that recur, and the rule that it makes: there and back.

`rule_of` writes an RRULE of `directory.recurrence`; `answers_of` reads one. A rule that the
questions cannot say ("the fifth Monday") is kept as it is while no other answer is chosen.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from directory.choices import Weekday
from directory.recurrence import WEEKDAYS, Rule, parse

# How often: every so many weeks, on some weekdays of the month, on a day of the month, as it is.
WEEKLY, NTH, MONTH_DAY, KEPT = "weekly", "nth", "day", "kept"
# When it stops.
NEVER, ON, AFTER = "never", "on", "after"
NTHS = (1, 2, 3, 4, -1)
# "The first and third Monday and the second Friday": two such answers fit into the form.
ANSWERS_OF_NTH = 2
Pair = tuple[int, int]


def rule_of(answers: dict[str, Any]) -> str:
    """Return the rule that the answers make; they are those of the form, complete and checked."""
    recurs = answers["recurs"]
    if recurs == KEPT:
        base = answers["kept"]
    elif recurs == NTH:
        pairs = _product(answers["which"], answers["weekdays"])
        pairs += _product(answers["which_more"], answers["weekdays_more"])
        days = ",".join(f"{nth}{WEEKDAYS[day]}" for nth, day in dict.fromkeys(pairs))
        base = f"FREQ=MONTHLY;INTERVAL={answers['months']};BYDAY={days}"
    elif recurs == MONTH_DAY:
        base = f"FREQ=MONTHLY;INTERVAL={answers['months']};BYMONTHDAY={answers['month_day']}"
    else:
        days = ",".join(WEEKDAYS[day] for day in _numbers(answers["weekdays"]))
        base = f"FREQ=WEEKLY;INTERVAL={answers['every']};BYDAY={days}"
    return base + _end_of(answers)


def answers_of(rule: str, start: datetime, zone: str) -> dict[str, Any]:
    """Return the answers that make this rule. `start` is local and naive, `zone` an IANA name.

    Raises ValueError for a rule that cannot be read.
    """
    taken = parse(rule)
    answers = _pattern(taken, start.date())
    if answers["recurs"] == KEPT:
        answers["kept"] = _without_end(rule)
    if taken.count:
        return answers | {"stops": AFTER, "times": taken.count}
    if taken.until:
        return answers | {
            "stops": ON,
            "last_on": _last_day(taken.until, start, zone if taken.until_is_utc else ""),
        }
    return answers | {"stops": NEVER}


def _without_end(rule: str) -> str:
    parts = rule.strip().upper().removeprefix("RRULE:").split(";")
    kept = (part for part in parts if part.partition("=")[0].strip() not in ("", "COUNT", "UNTIL"))
    return ";".join(kept)


def _pattern(rule: Rule, first_on: date) -> dict[str, Any]:
    if not rule.monthly:
        days = {day for _nth, day in rule.days} or {first_on.weekday()}
        if rule.interval > 1 and rule.week_start:
            return {"recurs": KEPT}
        return {"recurs": WEEKLY, "every": rule.interval, "weekdays": _words(days)}
    if not rule.days:
        day = rule.month_day or first_on.day
        return {"recurs": MONTH_DAY, "months": rule.interval, "month_day": day}
    return _nth_answers(rule)


def _nth_answers(rule: Rule) -> dict[str, Any]:
    """Put (nth, weekday) pairs into at most two answers, each some nths of some weekdays."""
    of_day: dict[int, set[int]] = {}
    for nth, day in rule.days:
        of_day.setdefault(day, set()).add(nth)
    alike: dict[tuple[int, ...], list[int]] = {}
    for day, nths in of_day.items():
        alike.setdefault(tuple(sorted(nths, key=lambda nth: (nth < 0, nth))), []).append(day)
    known = all(nth in NTHS for nth, _day in rule.days)
    if not known or len(alike) > ANSWERS_OF_NTH:
        return {"recurs": KEPT}
    answers: dict[str, Any] = {"recurs": NTH, "months": rule.interval}
    for suffix, (which, days) in zip(("", "_more"), alike.items(), strict=False):
        answers[f"which{suffix}"] = [str(nth) for nth in which]
        answers[f"weekdays{suffix}"] = _words(days)
    return answers


def _last_day(until: datetime, start: datetime, zone: str) -> date:
    """Return the last local day on which a meeting may begin. `zone`: where to, from UTC."""
    if zone:
        until = until.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return until.date() - timedelta(days=1) if until.time() < start.time() else until.date()


def _end_of(answers: dict[str, Any]) -> str:
    if answers["stops"] == AFTER:
        return f";COUNT={answers['times']}"
    if answers["stops"] == ON:
        return f";UNTIL={answers['last_on']:%Y%m%d}"
    return ""


def _product(which: Iterable[str], words: Iterable[str]) -> list[Pair]:
    days = _numbers(words)
    return [(nth, day) for nth in map(int, which) for day in days]


def _numbers(words: Iterable[str]) -> list[int]:
    chosen = set(words)
    return [number for number, word in enumerate(Weekday.values) if word in chosen]


def _words(days: Iterable[int]) -> list[str]:
    return [str(Weekday.values[day]) for day in sorted(days)]
