"""One group of a sample: a published listing with everything that the finder can ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from django.utils.text import slugify

from directory.choices import (
    AccessFeature,
    Audience,
    CameraRule,
    Cost,
    Format,
    GroupStatus,
    Joining,
    Openness,
)
from directory.demo.sample.chances import Weighted, early
from directory.demo.sample.places import Home, language_of
from directory.demo.sample.rows import drawn_id
from directory.demo.sample.surroundings import SampleTown, Surroundings
from directory.demo.sample.wording import Wording, topic_words
from directory.demo.source import read
from directory.models import Group, Place

FORMATS = Weighted({Format.IN_PERSON: 0.58, Format.ONLINE: 0.33, Format.HYBRID: 0.09})
JOINING = Weighted({Joining.JUST_COME: 0.45, Joining.SIGN_UP: 0.4, Joining.ASK: 0.15})
JOINING_ONLINE = Weighted({Joining.SIGN_UP: 0.7, Joining.ASK: 0.3})
COSTS = Weighted({Cost.FREE: 0.8, Cost.DONATION: 0.16, Cost.PAID: 0.04})
AUDIENCES = Weighted.long_tail(
    [
        *(Audience.WOMEN, Audience.YOUNG_PEOPLE, Audience.CARERS, Audience.MEN),
        *(Audience.RELATIVES, Audience.PARENTS, Audience.LGBTQ, Audience.OLDER_PEOPLE),
        *(Audience.NEWCOMERS, Audience.PEOPLE_OF_COLOUR, Audience.VETERANS, Audience.TRANS),
        Audience.NON_BINARY,
    ],
    0.7,
)
HOUSE_ACCESS = Weighted.long_tail(
    [
        *(AccessFeature.STEP_FREE, AccessFeature.ACCESSIBLE_TOILET, AccessFeature.PARKING),
        *(AccessFeature.CHILD_FRIENDLY, AccessFeature.ASSISTANCE_DOGS, AccessFeature.HEARING_LOOP),
        *(AccessFeature.QUIET_SPACE, AccessFeature.SIGN_LANGUAGE, AccessFeature.CHILDCARE),
        AccessFeature.FRAGRANCE_FREE,
    ],
    0.8,
)
ONLINE_ACCESS = Weighted.long_tail(
    [AccessFeature.CAPTIONS, AccessFeature.BY_PHONE, AccessFeature.SIGN_LANGUAGE], 1.0
)
# From age, to age; most groups are for adults and name no age.
AGES: Weighted[tuple[int | None, int | None]] = Weighted(
    {
        (None, None): 0.8,
        (18, 25): 0.06,
        (16, 25): 0.04,
        (13, 17): 0.02,
        (60, None): 0.05,
        (30, 60): 0.03,
    }
)
OTHER_LANGUAGES = Weighted.long_tail(["es", "pl", "ur", "ar", "fr", "pa", "bfi", "pt", "so", "zh"])
SENSITIVE = frozenset(
    "alcohol drugs abuse-and-violence hiv self-harm eating-difficulties lgbtq trauma "
    "bereavement-by-suicide relatives-addiction".split()
)
AREA_ALONE, AREA_ALONE_IF_SENSITIVE = 0.04, 0.7


@dataclass(frozen=True)
class Sample:
    """A group, not saved, and the keys of its topics."""

    group: Group
    topics: list[int]
    town: SampleTown


def make_group(
    number: int, home: Home, surroundings: Surroundings, chance: Random, now: datetime
) -> Sample:
    """Return one published group of an organisation."""
    slugs = surroundings.topics.some(chance, chance.choice((1, 1, 2, 3)))
    format_ = FORMATS.draw(chance)
    place, town = _place(home, slugs, chance) if format_ != Format.ONLINE else (None, home.town)
    language = language_of(town.country)
    topic = early(chance, topic_words(slugs[0], language))
    words = Wording(chance, language, topic, town.name)
    name = words.name()
    group = Group(
        id=drawn_id(chance),
        organisation=home.organisation,
        slug=f"{slugify(name)[:60]}-{number}".lstrip("-"),
        status=GroupStatus.PUBLISHED,
        name=name,
        summary=words.summary(number),
        description=words.description(),
        format=format_,
        place=place,
        country=town.country,
        time_zone=town.time_zone,
        languages=_languages(language, chance),
        published_at=now - timedelta(days=chance.randint(1, 900)),
        confirmed_on=(now - timedelta(days=chance.randint(0, 240))).date(),
        **_told(language, number, format_),
        **_who_for(format_, chance),
        **_joining(format_, chance),
    )
    return Sample(group, [surroundings.topic_ids[slug] for slug in slugs], town)


def _place(home: Home, slugs: list[str], chance: Random) -> tuple[Place, SampleTown]:
    hides = AREA_ALONE_IF_SENSITIVE if SENSITIVE.intersection(slugs) else AREA_ALONE
    return early(chance, home.area_places if chance.random() < hides else home.open_places)


def _languages(language: str, chance: Random) -> list[str]:
    spoken = [language]
    if chance.random() < 0.08:
        spoken.append(OTHER_LANGUAGES.draw(chance))
    # Here and there a group speaks another language than its country.
    if chance.random() < 0.02:
        spoken = ["es" if language == "en" else "en"]
    return list(dict.fromkeys(spoken))


def _who_for(format_: Format, chance: Random) -> dict[str, Any]:
    youngest, oldest = AGES.draw(chance)
    access: list[AccessFeature] = []
    if format_ != Format.ONLINE and chance.random() < 0.75:
        access += HOUSE_ACCESS.some(chance, 5)
    if format_ != Format.IN_PERSON and chance.random() < 0.6:
        access += ONLINE_ACCESS.some(chance, 2)
    return {
        "audiences": [Audience.EVERYONE] if chance.random() < 0.65 else AUDIENCES.some(chance, 2),
        "access_features": list(dict.fromkeys(access)),
        "min_age": youngest,
        "max_age": oldest,
        "adults_only": youngest is None or youngest >= 18,
    }


def _joining(format_: Format, chance: Random) -> dict[str, Any]:
    joining = (JOINING if format_ == Format.IN_PERSON else JOINING_ONLINE).draw(chance)
    is_full_some_time = joining != Joining.JUST_COME and chance.random() < 0.3
    size = chance.randint(3, 8)
    return {
        "joining": joining,
        "answer_within_days": chance.randint(2, 7) if joining == Joining.ASK else None,
        "openness": Openness.CLOSED
        if joining == Joining.ASK and chance.random() < 0.4
        else Openness.OPEN,
        "capacity": chance.randint(8, 40) if is_full_some_time else None,
        "meeting_capacity": chance.randint(8, 20) if is_full_some_time else None,
        "cost": COSTS.draw(chance),
        "camera": chance.choice(CameraRule.values),
        "usual_size_from": size,
        "usual_size_to": size + chance.randint(2, 8),
    }


@cache
def _texts() -> dict[str, dict[str, str]]:
    return read("texts")


def _told(language: str, number: int, format_: Format) -> dict[str, str]:
    """Return what a first-timer is told: the demo's words."""
    texts = _texts()[language]
    is_online = format_ == Format.ONLINE
    greets = texts["who_greets_online" if is_online else "who_greets"]
    somebody = "Somebody" if language == "en" else "Alguien"
    return {
        "who_for": texts["who_for"],
        "what_to_expect": texts["expect_online" if is_online else "what_to_expect"],
        "what_it_is_not": texts["what_it_is_not"],
        "who_greets": greets.format(facilitator=somebody) if number % 3 else "",
        "if_late": texts["if_late_online" if is_online else "if_late"],
        "only_listen": texts["only_listen"],
        "bring_somebody": texts["bring_somebody" if number % 2 else "bring_nobody"],
    }
