"""What visitors ask the finder, as addresses: what all figures about its pages are measured on."""

from __future__ import annotations

import os
from dataclasses import dataclass
from urllib.parse import urlencode

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# The words are those of the sample, which stands beside models; nothing is read from a database.
django.setup()

from directory.demo.sample import rare_word  # noqa: E402

# Asked in the words of these languages, each on its own pages.
PREFIXES = {"en": "/groups/", "es": "/es/groups/"}
CITIES = ("51.51,-0.13", "53.48,-2.24", "53.80,-1.55", "52.48,-1.90", "55.95,-3.19")
COUNTRYSIDE = ("54.97,-2.10", "51.95,-3.39", "56.41,-5.47", "54.33,-2.74", "52.75,0.40")
CITIES_ES = ("40.42,-3.70", "41.39,2.17", "39.47,-0.38", "37.39,-5.98", "43.26,-2.93")
COUNTRYSIDE_ES = ("40.35,-1.11", "42.51,-7.51", "38.99,-1.86", "41.64,-4.73", "42.34,-3.70")
# 25 km, in the unit of the site's country.
RADIUS = "15.5"
DAYS = ("tue", "mon", "wed", "thu", "sat")
TOPICS = ("bereavement", "anxiety", "alcohol", "carers", "chronic-pain")
WORDS = {
    "one word": {
        "en": ("grief", "anxiety", "cancer", "tea", "family"),
        "es": ("duelo", "ansiedad", "cáncer", "memoria", "soledad"),
    },
    "misspelt word": {
        "en": ("greif", "anxeity", "bereavment", "depresion", "diabetis"),
        "es": ("ansieda", "duello", "depresoin", "soleded", "memorria"),
    },
    "all at once": {
        "en": ("grief", "anxiety", "drinking", "caring", "pain"),
        "es": ("duelo", "ansiedad", "alcohol", "cuidados", "dolor"),
    },
}
TOWNS = {
    "en": ("London", "Manchester", "Leeds", "Birmingham", "Bristol"),
    "es": ("Madrid", "Barcelona", "Valencia", "Sevilla", "Bilbao"),
}


@dataclass(frozen=True)
class Question:
    """One kind of search in one language; its addresses differ in what exactly is searched."""

    kind: str
    language: str
    paths: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.kind} ({self.language})"


def questions() -> list[Question]:
    """Return the whole mix."""
    return [
        Question(kind, language, tuple(_path(language, asked) for asked in variants))
        for language in PREFIXES
        for kind, variants in _asked(language).items()
    ]


def _path(language: str, asked: dict[str, str]) -> str:
    return f"{PREFIXES[language]}?{urlencode(asked)}" if asked else PREFIXES[language]


def _asked(language: str) -> dict[str, list[dict[str, str]]]:
    cities, countryside = (CITIES, COUNTRYSIDE) if language == "en" else (CITIES_ES, COUNTRYSIDE_ES)
    towns = TOWNS[language]
    return {
        "one word": [{"q": word} for word in WORDS["one word"][language]],
        "rare word": [{"q": rare_word(number)} for number in range(5)],
        "misspelt word": [{"q": word} for word in WORDS["misspelt word"][language]],
        "near, city": [{"near": point, "radius": RADIUS} for point in cities],
        "near, countryside": [{"near": point, "radius": RADIUS} for point in countryside],
        "tuesday evening": [{"day": day, "time": "evening"} for day in DAYS],
        "tonight": [{"when": "today", "time": "evening"}],
        "topic, place and day": [
            {"topic": topic, "place": town, "radius": RADIUS, "day": day}
            for topic, town, day in zip(TOPICS, towns, DAYS, strict=True)
        ],
        "nothing": [{}],
        "page 5": [{"page": "5"}],
        "all at once": [
            {"q": word, "place": town, "day": day, "time": "evening", "access": "step-free"}
            for word, town, day in zip(WORDS["all at once"][language], towns, DAYS, strict=True)
        ],
    }
