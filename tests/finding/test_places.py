"""The place that somebody types, and the town or postcode that is found."""

from __future__ import annotations

import pytest

from directory.models import Postcode
from directory.queries.places import PlaceAnswer, look_up
from directory.text.places import name_keys, place_key, typed
from directory.text.postcodes import known_as, shown, split
from tests.factories import make_town

with_towns = pytest.mark.usefixtures("towns")


@pytest.fixture
def towns(db: None) -> None:
    zone = "America/Chicago"
    make_town("Leeds", region="West Yorkshire", population=536_000)
    make_town("Leeds", region="Alabama", country="US", population=12_000, time_zone=zone)
    make_town(
        "Sheffield",
        region="South Yorkshire",
        population=557_000,
        folded_names=["sheffield", "شفيلد"],
    )
    make_town("Manchester", region="Greater Manchester", population=395_000)
    make_town("Edinburgh", region="Edinburgh, Scotland", population=464_000)
    make_town("Kirkby Lonsdale", region="Cumbria", population=1_800)
    make_town("Newport", region="Newport, Wales", population=128_000)
    make_town("Newport", region="Isle of Wight", population=24_000)
    make_town("St Albans", region="Hertfordshire", population=82_000)
    make_town("Stoke-on-Trent", region="Staffordshire", population=260_000)
    make_town(
        "Paris",
        region="Île-de-France",
        country="FR",
        population=2_140_000,
        time_zone="Europe/Paris",
    )
    for region, people in (("Illinois", 114_000), ("Missouri", 170_000), ("Ohio", 60_000)):
        make_town("Springfield", region=region, country="US", population=people, time_zone=zone)


def found(text: str, country: str = "GB") -> str:
    spot = look_up(text, country=country).spot
    return spot.label if spot else ""


@with_towns
@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Leeds", "Leeds, West Yorkshire"),
        ("  LEEDS ", "Leeds, West Yorkshire"),
        ("Leeds, West Yorkshire", "Leeds, West Yorkshire"),
        ("Leeds, Yorkshire, UK", "Leeds, West Yorkshire"),
        ("Leeds West Yorkshire", "Leeds, West Yorkshire"),
        ("Leeds, Alabama", "Leeds, Alabama, United States"),
        ("Leeds, USA", "Leeds, Alabama, United States"),
        ("Springfield", "Springfield, Missouri, United States"),
        ("Springfield, Illinois", "Springfield, Illinois, United States"),
        ("Springfield, IL", "Springfield, Illinois, United States"),
        ("springfield oh", "Springfield, Ohio, United States"),
        ("Paris, France", "Paris, Île-de-France, France"),
        ("París, Francia", "Paris, Île-de-France, France"),
        ("Newport", "Newport, Wales"),
        ("Newport, England", "Newport, Isle of Wight"),
        ("Newport, Wales", "Newport, Wales"),
        ("Edinburgh, Scotland", "Edinburgh, Scotland"),
        ("saint albans", "St Albans, Hertfordshire"),
        ("ST. ALBANS", "St Albans, Hertfordshire"),
        ("stoke on trent", "Stoke-on-Trent, Staffordshire"),
        ("شفيلد", "Sheffield, South Yorkshire"),
        ("\u202bشفيلد\u202c", "Sheffield, South Yorkshire"),
        ("Kirkby Lon", "Kirkby Lonsdale, Cumbria"),
    ],
)
def test_a_town_is_found_by_what_people_call_it(text: str, label: str) -> None:
    answer = look_up(text, country="GB")
    assert (found(text), answer.corrected, answer.note) == (label, "", "")


@with_towns
@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("Shefield", "Sheffield"),
        ("Sheffeild", "Sheffield"),
        ("Mancester", "Manchester"),
        ("Edinbrough", "Edinburgh"),
        ("Leads", "Leeds"),
        ("Shefield, South Yorkshire", "Sheffield"),
        ("Pariss", "Paris"),
        ("near Leeds", "Leeds"),
        ("12 Mill Lane, Leeds", "Leeds"),
        ("Leeds, on the moon", "Leeds"),
        ("West Yorkshire", "Leeds"),
        ("Scotland", "Edinburgh"),
    ],
)
def test_what_is_taken_for_something_else_is_said(text: str, taken: str) -> None:
    answer = look_up(text, country="GB")
    assert answer.spot
    assert (answer.spot.name, answer.corrected) == (taken, taken)


@with_towns
def test_a_typo_in_a_city_is_likelier_than_half_a_village() -> None:
    make_town("Ledsham", population=200)
    make_town("Hebden Bridge", population=4_000)
    make_town("Hendon", population=53_000)
    assert found("leds") == "Leeds, West Yorkshire"
    assert found("ledsh") == "Ledsham"
    assert found("hebden") == "Hebden Bridge"


@with_towns
def test_the_site_s_country_comes_first() -> None:
    assert found("Leeds", "US") == "Leeds, Alabama"
    assert found("Leeds", "FR") == "Leeds, West Yorkshire, United Kingdom"


@with_towns
def test_of_two_abroad_the_one_in_the_same_part_of_the_world_weighs_more() -> None:
    make_town("Valencia", country="ES", population=800_000, time_zone="Europe/Madrid")
    make_town("Valencia", country="VE", population=1_600_000, time_zone="America/Caracas")
    assert found("Valencia") == "Valencia, Spain"
    assert found("Valencia", "US") == "Valencia, Venezuela"


def test_a_name_that_few_use_gives_way_to_the_usual_one(db: None) -> None:
    make_town("Old Leeds", population=500_000, folded_names=["old leeds", "leeds"])
    make_town("Leeds", population=100_000, folded_names=["leeds"])
    assert found("leeds") == "Leeds"


@with_towns
def test_the_others_of_the_name_are_offered_with_their_region() -> None:
    answer = look_up("Springfield", country="GB")
    assert [spot.key for spot in answer.others] == [
        "Springfield, Illinois, US",
        "Springfield, Ohio, US",
    ]
    for spot in answer.others:
        assert look_up(spot.key, country="GB").spot == spot


@with_towns
def test_no_more_than_five_others_are_offered() -> None:
    for number in range(9):
        make_town("Newport", region=f"Region {number}", population=number)
    assert len(look_up("Newport", country="GB").others) == 5


@with_towns
@pytest.mark.parametrize(
    "text",
    [
        "Atlantis",
        "zz",
        "!!!",
        ",,,",
        "\x00",
        "a\x00b",
        "\u202e\u202e",
        "😀",
        "%",
        "'; --",
        "\\",
        "{}",
    ],
)
def test_what_is_no_place_gets_a_sentence_at_most(text: str) -> None:
    answer = look_up(text, country="GB")
    assert answer.spot is None
    assert answer.note in ("", look_up("Atlantis", country="GB").note)


@with_towns
@pytest.mark.parametrize(
    "text", ["Leeds " * 5000, "x" * 100_000, "a " * 9000, "1" * 500, "," * 999]
)
def test_a_long_text_is_harmless(text: str) -> None:
    assert isinstance(look_up(text, country="GB"), PlaceAnswer)


def test_nothing_asked_nothing_said_and_nothing_read() -> None:
    assert look_up(" \t\n", country="GB") == PlaceAnswer()


@with_towns
@pytest.mark.parametrize(
    ("text", "cold", "warm"),
    [("Leeds", 1, 1), ("Shefield", 2, 1), ("Atlantis", 2, 1), ("Paris", 2, 1), ("LS1 4AP", 2, 2)],
)
def test_one_query_and_two_for_what_is_unusual(
    django_assert_num_queries, kept, text: str, cold: int, warm: int
) -> None:
    with django_assert_num_queries(cold):
        first = look_up(text, country="GB")
    with django_assert_num_queries(warm):
        assert look_up(text, country="GB") == first


@pytest.fixture
def codes(towns: None) -> None:
    for code, place, latitude in (("LS1", "Leeds", 53.8), ("S1", "Sheffield", 53.4)):
        Postcode.objects.create(
            country="GB", code=code, place_name=place, latitude=latitude, longitude=-1.5
        )
    Postcode.objects.create(
        country="GB", code="S11AA", place_name="Sheffield", latitude=53.38, longitude=-1.47
    )


@pytest.mark.usefixtures("codes")
@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("LS1 4AP", "LS1, Leeds"),
        ("ls14ap", "LS1, Leeds"),
        ("ls1", "LS1, Leeds"),
        ("Leeds LS1 4AP", "LS1, Leeds"),
        ("S1 1AA", "S1 1AA, Sheffield"),
        ("S1 1AB", "S1, Sheffield"),
        ("Leeds LS9 9ZZ", "Leeds, West Yorkshire"),
        ("LS14", ""),
        ("LS99 9ZZ", ""),
    ],
)
def test_a_postcode_is_found_by_its_longest_known_part(text: str, label: str) -> None:
    assert found(text) == label


@pytest.mark.usefixtures("codes")
def test_a_postcode_that_is_not_known_gets_a_sentence() -> None:
    for text in ("LS99 9ZZ", "75011", "62701-1234"):
        assert "We do not know this postcode" in look_up(text, country="GB").note
    note = look_up("75011", country="FR").note
    assert note.startswith("Postcodes of this country (France) are not loaded here")


@pytest.mark.parametrize(
    ("text", "country", "parts"),
    [
        ("LS1 4AP", "GB", ("LS14AP", "LS1")),
        ("LS14", "GB", ("LS14",)),
        ("LS1 4", "GB", ("LS1",)),
        ("sw1a 1aa", "GB", ("SW1A1AA", "SW1A", "SW1")),
        ("CRO 2AB", "GB", ("CR02AB", "CR0")),
        ("62701-1234", "US", ("627011234", "62701")),
        ("K1A 0B1", "CA", ("K1A0B1", "K1A")),
        ("D02 X285", "IE", ("D02X285", "D02")),
        ("1012 AB", "NL", ("1012AB", "1012")),
        ("75011", "FR", ("75011",)),
        ("٢٨٠١٣", "ES", ("28013",)),
        ("110 00", "CZ", ("11000",)),
        ("AD500", "AD", ("AD500",)),
        ("Leeds", "GB", ()),
        ("Leeds", "AD", ()),
        ("LS1", "FR", ()),
        ("", "GB", ()),
    ],
)
def test_postcodes_have_the_shape_of_their_country(
    text: str, country: str, parts: tuple[str, ...]
) -> None:
    assert known_as(text, country) == parts


def test_a_postcode_may_stand_before_or_after_the_town() -> None:
    assert split("Leeds, LS1 4AP", "GB") == ("Leeds", ("LS14AP", "LS1"))
    assert split("75011 Paris", "FR") == ("Paris", ("75011",))
    assert split("Kirkby Lonsdale", "GB") == ("Kirkby Lonsdale", ())
    assert shown("LS14AP", "GB") == "LS1 4AP"


def test_names_are_compared_without_what_people_leave_out() -> None:
    assert place_key("King’s  Lynn") == place_key("Kings Lynn")
    assert place_key("São Paulo") == "sao paulo"
    assert place_key("القاهرة") == place_key("القاهره")
    assert name_keys("Stoke-on-Trent") == ["stoke on trent", "stoke-on-trent"]
    assert typed("Le\x00eds\u200f\n,  UK") == "Leeds , UK"
