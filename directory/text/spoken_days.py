"""Days that are left out, as people say them: those that follow each other together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext, pgettext

from directory.text.spoken_rules import spoken_list
from directory.text.spoken_times import spoken_date, spoken_short_date

Stretch = tuple[date, date]
A_DAY = timedelta(days=1)
# Later days are told with their year.
WITHOUT_YEAR = timedelta(days=300)


def days_between(first: date, last: date) -> list[date]:
    """Return all days from one to another, both included."""
    return [first + number * A_DAY for number in range((last - first).days + 1)]


def stretches(days: Iterable[date]) -> list[Stretch]:
    """Put days that follow each other together: the first and the last of each row of them."""
    found: list[Stretch] = []
    for day in sorted(set(days)):
        if found and day - found[-1][1] == A_DAY:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def spoken_days(first: date, last: date) -> str:
    """Return "Sunday 1 August 2027 to Tuesday 31 August 2027", or the one day."""
    if first == last:
        return spoken_date(first)
    days = {"first": spoken_date(first), "last": spoken_date(last)}
    return gettext("%(first)s to %(last)s") % days


def spoken_skips(days: Iterable[date], *, today: date) -> str:
    """Return "No meetings from 1 to 31 August and on 25 December"; empty for none to come.

    `today` is the local day; those before it are left out.
    """
    coming = stretches(day for day in days if day >= today)
    if not coming:
        return ""
    spoken = spoken_list(_stretch(first, last, today) for first, last in coming)
    return gettext("No meetings %(days)s") % {"days": spoken}


def _stretch(first: date, last: date, today: date) -> str:
    if first == last:
        return pgettext("a day", "on %(day)s") % {"day": _day(first, today)}
    is_one_month = (first.year, first.month) == (last.year, last.month)
    begins = str(first.day) if is_one_month else _day(first, today)
    days = {"first": begins, "last": _day(last, today)}
    return pgettext("days, such as 1 to 31 August", "from %(first)s to %(last)s") % days


def _day(day: date, today: date) -> str:
    return spoken_short_date(day) if day - today < WITHOUT_YEAR else spoken_date(day)
