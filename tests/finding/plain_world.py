"""A few thousand groups, drawn by a seed: as plain objects, and as rows of the database.

They hold what makes finding hard: several zones with their clock changes, cancelled and moved
dates, dates that are going on or long, no dates at all, places that show their area only, points
beyond the date line and near the pole, many groups on one point and at one hour.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

# A Friday. Clocks change in Europe and Sydney before the last of the dates, in New York after it.
BASE = datetime(2026, 10, 9, 10, 0, tzinfo=UTC)
WEEKS = 6


@dataclass(frozen=True)
class PlainTown:
    """A town of the gazetteer."""

    name: str
    region: str
    country: str
    zone: str
    latitude: float
    longitude: float
    population: int


@dataclass(frozen=True)
class PlainPlace:
    """Where a group meets; `shown` is "exactly" or "area"."""

    shown: str
    town: str
    region: str
    country: str
    area: str
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True)
class PlainMeeting:
    """One date."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    original_start: datetime
    zone: str
    is_cancelled: bool

    @cached_property
    def local(self) -> datetime:
        """When it starts, by the clock of its place."""
        return self.starts_at.astimezone(ZoneInfo(self.zone))


@dataclass(frozen=True)
class PlainGroup:
    """A published group. `topics` are slugs, without those above them."""

    id: UUID
    organisation: int
    name: str
    summary: str
    topics: tuple[str, ...]
    audiences: tuple[str, ...]
    access: tuple[str, ...]
    languages: tuple[str, ...]
    format: str
    cost: str
    joining: str
    openness: str
    who_greets: str
    min_age: int | None
    max_age: int | None
    adults_only: bool
    capacity: int | None
    members: int
    waiting: int
    zone: str
    country: str
    place: PlainPlace | None
    meetings: tuple[PlainMeeting, ...] = field(repr=False, default=())


TOWNS = (
    PlainTown("Leeds", "West Yorkshire", "GB", "Europe/London", 53.7965, -1.5478, 455_000),
    PlainTown("London", "Greater London", "GB", "Europe/London", 51.5085, -0.1257, 8_900_000),
    PlainTown("Richmond", "Greater London", "GB", "Europe/London", 51.4613, -0.3037, 110_000),
    PlainTown("Richmond", "North Yorkshire", "GB", "Europe/London", 54.4035, -1.7326, 8_400),
    PlainTown("New York", "New York", "US", "America/New_York", 40.7143, -74.006, 8_800_000),
    PlainTown("Sydney", "New South Wales", "AU", "Australia/Sydney", -33.8678, 151.2073, 4_600_000),
    PlainTown("Kolkata", "West Bengal", "IN", "Asia/Kolkata", 22.5626, 88.363, 4_600_000),
    PlainTown("Waiyevo", "Northern", "FJ", "Pacific/Fiji", -16.79, 179.99, 1_000),
    PlainTown("Longyearbyen", "Svalbard", "SJ", "Arctic/Longyearbyen", 78.2232, 15.6469, 2_000),
    PlainTown("Accra", "Greater Accra", "GH", "UTC", 5.556, -0.1969, 2_000_000),
)
# Slug, name and the topic above.
TOPICS = (
    ("grief", "Grief and loss", ""),
    ("bereavement", "Bereavement", "grief"),
    ("widowed", "Widowed", "grief"),
    ("pain", "Living with pain", ""),
    ("chronic-pain", "Chronic pain", "pain"),
    ("migraine", "Migraine", "pain"),
    ("alcohol", "Alcohol", ""),
    ("carers", "Carers", ""),
)
ABOVE = {slug: above for slug, _name, above in TOPICS if above}
WORDS = ("tea", "walking", "talk", "harbour", "evening", "círculo", "garden", "quiet", "river")
AUDIENCES = ("everyone", "women", "men", "carers", "newcomers")
ACCESS = ("step-free", "captions", "sign-language", "by-phone")
LANGUAGES = (("en",), ("en",), ("en",), ("es",), ("en", "es"), ("bfi",), ())
AGES = ((None, None), (None, None), (18, 25), (16, None), (None, 17), (60, None), (26, 64))
ORGANISATIONS = 5
HOURS = (0, 1, 4, 5, 9, 10, 11, 12, 15, 16, 17, 17, 18, 19, 19, 19, 20, 21, 22, 23)
MINUTES = (30, 60, 60, 90, 90, 90, 120, 720, 1440)


def draw_groups(number: int, seed: int = 1) -> list[PlainGroup]:
    """Return so many groups, the same ones for the same seed."""
    chance = Random(seed)
    return [_group(chance, place) for place in range(number)]


def _id(chance: Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)


def _some(chance: Random, values: tuple[str, ...], most: int) -> tuple[str, ...]:
    return tuple(chance.sample(values, chance.randint(0, most)))


def _group(chance: Random, number: int) -> PlainGroup:
    town = chance.choices(TOWNS, weights=[9, 9, 3, 2, 5, 4, 4, 2, 1, 2])[0]
    format_ = chance.choices(("in-person", "online", "hybrid"), weights=[5, 3, 1])[0]
    youngest, oldest = chance.choice(AGES)
    capacity = chance.choice((None, None, None, 1, 3))
    joining = ("just-come", "sign-up", "ask") if format_ == "in-person" else ("sign-up", "ask")
    topics = _some(chance, tuple(slug for slug, _name, _above in TOPICS), 3)
    return PlainGroup(
        id=_id(chance),
        organisation=chance.randrange(ORGANISATIONS),
        name=f"{' '.join(chance.sample(WORDS, 2)).capitalize()} {number}",
        summary=f"{' '.join(chance.sample(WORDS, 3))} in company.",
        topics=topics,
        audiences=_some(chance, AUDIENCES, 2),
        access=_some(chance, ACCESS, 3),
        languages=chance.choice(LANGUAGES),
        format=format_,
        cost=chance.choice(("free", "free", "donation", "paid")),
        joining=chance.choice(joining),
        openness=chance.choice(("open", "open", "closed")),
        who_greets=chance.choice(("", "Fay, at the door.")),
        min_age=youngest,
        max_age=oldest,
        adults_only=chance.random() < 0.3,
        capacity=capacity,
        members=chance.randint(0, 3) if capacity else 0,
        waiting=int(capacity is not None and chance.random() < 0.1),
        zone=town.zone,
        country=town.country,
        # A group that meets online alone may still have a place, which says nothing of it.
        place=_place(chance, town) if format_ != "online" or chance.random() < 0.2 else None,
        meetings=tuple(_meetings(chance, town.zone)),
    )


def _place(chance: Random, town: PlainTown) -> PlainPlace:
    shown = chance.choice(("exactly", "exactly", "area"))
    area = chance.choice(
        (
            *("", town.name, f"{town.name}, north", f"North of {town.name}", "The dales"),
            *("Leeds", f"The dales, {town.name}"),
        )
        if shown == "area"
        else ("", "", "North")
    )
    latitude: float | None = None
    longitude: float | None = None
    if chance.random() < 0.85:
        spread = chance.choice((0.0, 0.02, 0.2, 1.5))
        latitude = round(town.latitude + chance.uniform(-spread, spread), 5)
        longitude = round(town.longitude + chance.uniform(-spread, spread), 5)
        longitude = (longitude + 180) % 360 - 180
    name = chance.choice((town.name, town.name, town.name, "Nowhere"))
    region = chance.choice((town.region, ""))
    return PlainPlace(shown, name, region, town.country, area, latitude, longitude)


def _meetings(chance: Random, zone: str) -> list[PlainMeeting]:
    first = BASE.astimezone(ZoneInfo(zone)).date() - timedelta(days=10)
    days = [first + timedelta(days=it) for it in range(10 + 7 * WEEKS)]
    at = time(chance.choice(HOURS), chance.choice((0, 0, 0, 30, 59)))
    weekday = chance.randrange(7)
    kind = chance.choice(("none", "weekly", "weekly", "fortnightly", "monthly", "single", "two"))
    of_day = [day for day in days if day.weekday() == weekday]
    on: list[date] = {
        "none": [],
        "weekly": of_day,
        "fortnightly": of_day[chance.randrange(2) :: 2],
        "monthly": [day for day in of_day if day.day <= 7],
        "single": [chance.choice(days)],
        "two": [day for day in days if day.weekday() in (weekday, (weekday + 3) % 7)],
    }[kind]
    minutes = timedelta(minutes=chance.choice(MINUTES))
    # Weeks without a date, as in the summer.
    is_off = chance.random() < 0.1
    return [
        _meeting(chance, day, at, zone, minutes, chance_off=0.7 if is_off else 0.1) for day in on
    ]


def _meeting(
    chance: Random, day: date, at: time, zone: str, length: timedelta, chance_off: float
) -> PlainMeeting:
    original = datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
    moved = timedelta(hours=chance.choice((-30, -2, 3, 24, 50)))
    start = original + moved if chance.random() < 0.08 else original
    is_cancelled = chance.random() < chance_off
    return PlainMeeting(_id(chance), start, start + length, original, zone, is_cancelled)
