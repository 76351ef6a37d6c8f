from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from directory.text.named_lists import (
    countries,
    language_codes,
    likely_languages,
    zone_of_country,
    zones,
)


def test_countries_by_name_in_the_readers_language() -> None:
    assert dict(countries())["GB"] == "United Kingdom"
    with override("fr"):
        assert dict(countries())["GB"] == "Royaume-Uni"
    assert not {"EU", "ZZ", "UN"} & set(dict(countries()))


def test_every_zone_is_one() -> None:
    names = [name for _region, of_region in zones() for name, _city in of_region]
    assert {"UTC", "Europe/London", "America/New_York"} <= set(names)
    assert len(names) == len(set(names))
    assert all(ZoneInfo(name) for name in names)


@pytest.mark.parametrize(
    ("country", "zone"), [("GB", "Europe/London"), ("ie", "Europe/Dublin"), ("US", ""), ("XX", "")]
)
def test_a_country_with_one_zone_needs_none_named(country: str, zone: str) -> None:
    assert zone_of_country(country) == zone


def test_the_language_most_people_speak_comes_first() -> None:
    assert [likely_languages(country)[0] for country in ("GB", "US", "FR", "EG")] == [
        "en",
        "en",
        "fr",
        "ar",
    ]
    assert likely_languages("GB")[-1] == "bfi"
    assert likely_languages("XX") == []


def test_languages_by_name_or_code_whatever_the_case_and_accents() -> None:
    assert language_codes("english; Polish, BRITISH SIGN LANGUAGE,, cy") == (
        ["en", "pl", "bfi", "cy"],
        [],
    )
    assert language_codes("Elvish, Welsh") == (["cy"], ["Elvish"])
    with override("fr"):
        assert language_codes("anglais, Welsh, tchèque, tcheque") == (["en", "cy", "cs", "cs"], [])
