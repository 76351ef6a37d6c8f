"""What a sentence says of days, hours and distances: "weekday mornings", "within 5 miles".

Groups are not found by such words, but by the finder's filters. As in `filter_words`, but as
parameters of an address, since dates have no words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from directory.choices import DayPart, Soon, Weekday
from directory.geo import in_km
from directory.text.asked_words import Word, words_of

LONGEST_PHRASE = 3
_MILES = "mile miles mi milla millas ميل اميال".split()
_KILOMETRES = (
    "km kms kilometre kilometres kilometer kilometers kilometro kilometros كم كيلومتر".split()
)
UNITS = dict.fromkeys(_MILES, "mi") | dict.fromkeys(_KILOMETRES, "km")
# What stands before a place: after the first any name may follow, after the second a known one.
NEAR = frozenset("near around nearby close cerca alrededor pres autour قرب حول".split())
IN = frozenset("in en dans في".split())
BEFORE_A_PLACE = NEAR | IN | frozenset("at of to from by within de del a au aux la du من ب".split())
# Says nothing of what somebody looks for, beside a day or a place.
ANYTHING = frozenset("any anything whatever algo cualquier cualquiera quelque".split())
# What may go with a filter, as in "on Sunday", "in the evening", "por la tarde".
BEFORE_A_FILTER = BEFORE_A_PLACE | frozenset(
    "on the this every any los las el por les ce cette entre و هذا كل يوم ايام".split()
)

Parameters = tuple[tuple[str, str], ...]
_EVENING = (("time", DayPart.EVENING.value), ("time", DayPart.NIGHT.value))
_TONIGHT = (("when", Soon.TODAY.value), *_EVENING)
_WORKING, _FREE_DAYS = Weekday.values[:5], Weekday.values[5:]
_PHRASES: dict[str, Parameters] = {
    "monday, mondays, lunes, lundi, lundis, الاثنين, الإثنين": (("day", "mon"),),
    "tuesday, tuesdays, martes, mardi, mardis, الثلاثاء": (("day", "tue"),),
    "wednesday, wednesdays, miércoles, mercredi, mercredis, الأربعاء": (("day", "wed"),),
    "thursday, thursdays, jueves, jeudi, jeudis, الخميس": (("day", "thu"),),
    "friday, fridays, viernes, vendredi, vendredis, الجمعة": (("day", "fri"),),
    "saturday, saturdays, sábado, sábados, samedi, samedis, السبت": (("day", "sat"),),
    "sunday, sundays, domingo, domingos, dimanche, dimanches, الأحد": (("day", "sun"),),
    "weekday, weekdays, entre semana, días laborables, en semaine, أيام الأسبوع": tuple(
        ("day", day) for day in _WORKING
    ),
    "weekend, weekends, week end, fin de semana, fines de semana, عطلة الأسبوع": tuple(
        ("day", day) for day in _FREE_DAYS
    ),
    "morning, mornings, por la mañana, por las mañanas, mañanas, matin, matins, صباحا, الصباح": (
        ("time", DayPart.MORNING.value),
    ),
    "afternoon, afternoons, après midi, بعد الظهر": (("time", DayPart.AFTERNOON.value),),
    "tarde, tardes": (("time", DayPart.AFTERNOON.value), ("time", DayPart.EVENING.value)),
    "evening, evenings, soir, soirs, soirée, مساء, المساء": (("time", DayPart.EVENING.value),),
    "night, nights, noche, noches, nuit, nuits, ليلا": _EVENING,
    "tonight, this evening, esta noche, ce soir, cette nuit, الليلة, هذا المساء": _TONIGHT,
    "today, hoy, aujourd hui, aujourd'hui, اليوم": (("when", Soon.TODAY.value),),
    "tomorrow, mañana, demain, غدا": (("when", Soon.TOMORROW.value),),
    "this week, esta semana, cette semaine, هذا الأسبوع": (("when", Soon.WEEK.value),),
    "right now, ahora mismo, en ce moment, الآن": (("when", Soon.NOW.value),),
    "first time, first timer, first visit, primera vez, première fois, المرة الأولى, أول مرة": (
        ("first-time", "yes"),
    ),
}


@dataclass(frozen=True)
class Run:
    """Some words next to each other, and the parameters that say the same."""

    start: int
    end: int
    parameters: Parameters
    is_distance: bool = False


def filters_said(words: Sequence[Word], *, unit: str) -> list[Run]:
    """Return what a sentence says by the calendar and the clock, and how far in `unit`."""
    return [*_runs(words, unit)]


def _runs(words: Sequence[Word], unit: str) -> Iterator[Run]:
    start = 0
    while start < len(words):
        run = _distance(words, start, unit) or _phrase(words, start)
        if run:
            yield run
        start = run.end if run else start + 1


def _phrase(words: Sequence[Word], start: int) -> Run | None:
    for end in range(min(len(words), start + LONGEST_PHRASE), start, -1):
        said = tuple(word.text for word in words[start:end])
        if parameters := _phrases().get(said):
            return Run(start, end, parameters)
    return None


def _distance(words: Sequence[Word], start: int, unit: str) -> Run | None:
    """Read "10 miles" and "10km"; whole numbers, in the unit of the site."""
    text = words[start].text
    digits = text.rstrip("".join(UNITS) if text[:1].isdigit() else "")
    after = text[len(digits) :]
    end = start + 1
    if not after and end < len(words):
        after, end = words[end].text, end + 1
    if not (digits.isdecimal() and len(digits) <= 3 and int(digits) and after in UNITS):
        return None
    km = in_km(int(digits), UNITS[after])
    radius = max(1, round(km / in_km(1, unit)))
    return Run(start, end, (("radius", f"{radius}"),), is_distance=True)


@cache
def _phrases() -> dict[tuple[str, ...], Parameters]:
    return {
        tuple(word.text for word in words_of(phrase)): parameters
        for phrases, parameters in _PHRASES.items()
        for phrase in phrases.split(", ")
    }
