"""Recurrence rules and lists in the words that people use for them, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from babel.dates import format_date
from babel.lists import format_list
from django.utils.translation import gettext, ngettext, pgettext

from directory.recurrence import Rule, parse
from directory.text.locales import reader_locale
from directory.text.spoken_times import spoken_date, spoken_weekday

WEEKDAYS = frozenset(range(5))
EVERY_DAY = frozenset(range(7))
MONTHS_OF_A_YEAR = 12


def spoken_rule(rule: str, first_on: date, last_on: date | None = None) -> str:
    """Return the rule in words: "Every Tuesday", "The second and fourth Monday of the month".

    `first_on` is the local date on which the series begins; `last_on` that of its last date, where
    it ends before the rule would. Raises ValueError as
    `recurrence.parse` does.
    """
    taken_apart = parse(rule)
    spoken = (
        _monthly(taken_apart, first_on) if taken_apart.monthly else _weekly(taken_apart, first_on)
    )
    last = last_on or (taken_apart.until.date() if taken_apart.until else None)
    if last:
        return gettext("%(rule)s, until %(date)s") % {"rule": spoken, "date": spoken_date(last)}
    if taken_apart.count:
        words = ngettext("%(rule)s, once", "%(rule)s, %(number)s times", taken_apart.count)
        return words % {"rule": spoken, "number": taken_apart.count}
    return spoken


def spoken_list(words: Iterable[str]) -> str:
    """Return "tea, coffee and cake"."""
    return format_list([str(word) for word in words], locale=reader_locale())


def _weekly(rule: Rule, first_on: date) -> str:
    days = {day for _nth, day in rule.days} or {first_on.weekday()}
    if rule.interval > 1:
        spoken = spoken_list(_weekday(day) for day in sorted(days))
        weeks = {"number": rule.interval, "days": spoken}
        return gettext("Every %(number)s weeks on %(days)s") % weeks
    if days == EVERY_DAY:
        return gettext("Every day")
    if days == WEEKDAYS:
        return gettext("Every day from Monday to Friday")
    spoken = spoken_list(_weekday(day) for day in sorted(days))
    return gettext("Every %(days)s") % {"days": spoken}


def _monthly(rule: Rule, first_on: date) -> str:
    """Say days of the month: "The first Monday of the month", "On the 15th of every 2nd month"."""
    if rule.days:
        days = _days_of_the_month(rule)
    else:
        days = gettext("On the %(day)s") % {"day": _numbered(rule.month_day or first_on.day)}
    if rule.interval == 1:
        return gettext("%(days)s of the month") % {"days": days}
    if rule.interval == MONTHS_OF_A_YEAR:
        month = format_date(first_on, "LLLL", locale=reader_locale())
        return gettext("%(days)s of %(month)s each year") % {"days": days, "month": month}
    months = {"days": days, "which": _numbered(rule.interval)}
    return gettext("%(days)s of every %(which)s month") % months


def _days_of_the_month(rule: Rule) -> str:
    """Say nth weekdays: "The second and fourth Monday"."""
    of_weekday: dict[int, list[int]] = {}
    for nth, day in rule.days:
        of_weekday.setdefault(day, []).append(nth)
    spoken = spoken_list(
        pgettext("the second and fourth Monday", "the %(which)s %(weekday)s")
        % {
            "which": spoken_list(_nth(nth) for nth in sorted(numbers, key=lambda n: (n < 0, n))),
            "weekday": _weekday(day),
        }
        for day, numbers in of_weekday.items()
    )
    return spoken[:1].upper() + spoken[1:]


def _numbered(number: int) -> str:
    """Return "1st", "2nd", "3rd", "15th"; other languages may do with the number alone."""
    last = 0 if number % 100 in {11, 12, 13} else number % 10
    words = {
        1: pgettext("the 1st, 21st or 31st of the month", "%(number)sst"),
        2: pgettext("the 2nd or 22nd of the month", "%(number)snd"),
        3: pgettext("the 3rd or 23rd of the month", "%(number)srd"),
    }
    return words.get(last, pgettext("the 4th to 20th of the month", "%(number)sth")) % {
        "number": number
    }


def _nth(nth: int) -> str:
    return {
        1: pgettext("which weekday of the month", "first"),
        2: pgettext("which weekday of the month", "second"),
        3: pgettext("which weekday of the month", "third"),
        4: pgettext("which weekday of the month", "fourth"),
        5: pgettext("which weekday of the month", "fifth"),
        -1: pgettext("which weekday of the month", "last"),
        -2: pgettext("which weekday of the month", "last but one"),
        -3: pgettext("which weekday of the month", "last but two"),
        -4: pgettext("which weekday of the month", "last but three"),
        -5: pgettext("which weekday of the month", "last but four"),
    }[nth]


def _weekday(day: int) -> str:
    # The 1st of January 2024 was a Monday.
    return spoken_weekday(date(2024, 1, 1) + timedelta(days=day))
