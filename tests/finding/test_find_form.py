"""What the finder reads out of an address, and the addresses it writes."""

from __future__ import annotations

from datetime import time

import pytest
from django.http import QueryDict

from directory.forms.find import Boxes, FindForm, Links, pages_of
from directory.forms.find.labels import spoken_groups, spoken_meetings
from directory.queries.offered import Offered, TopicName
from directory.queries.search import Search, Tally
from directory.text.spoken_names import language_codes
from tests import factories

OFFERED = Offered(
    topics=[
        TopicName(1, "grief", "Grief", None),
        TopicName(2, "bereavement", "Bereavement", 1),
        TopicName(3, "alcohol", "Alcohol", None),
        TopicName(4, "unused", "Unused", None),
        TopicName(5, "unused-part", "Unused part", 4),
    ],
    topics_in_use=frozenset({"bereavement", "alcohol"}),
    languages=("en", "bfi"),
)


def read(address: str, *, country: str = "GB", zone: str = "Europe/London") -> FindForm:
    query = QueryDict(address)
    return FindForm(query, path="/groups/", offered=OFFERED, country=country, zone=zone)


def chips(find: FindForm) -> dict[str, str]:
    # An hour is held together by a space that does not break.
    told = {" ".join(chip.label.split()): chip.url for chip in Links(find).chips}
    assert all(url.endswith("#results") for url in told.values())
    return {label: url.removesuffix("#results") for label, url in told.items()}


def test_nothing_asked_for() -> None:
    find = read("")
    assert (find.search, find.page, find.unknown, find.sort, find.view) == (
        Search(zone="Europe/London"),
        1,
        [],
        "soonest",
        "list",
    )
    assert chips(find) == {}
    assert not find.is_filtered


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("q=+low++mood+", {"words": "low mood"}),
        ("topic=alcohol&topic=grief", {"topics": ("grief", "alcohol")}),
        ("audience=women&audience=carers", {"audiences": ("women", "carers")}),
        ("age=65-plus&age=34", {"ages": ("65-plus", "34")}),
        ("access=step-free&access=sign-language", {"access": ("step-free", "sign-language")}),
        ("language=ES&language=bfi&language=pt-br", {"languages": ("es", "pt-BR", "bfi")}),
        ("format=online&format=in-person", {"formats": ("in-person", "online")}),
        ("cost=free", {"costs": ("free",)}),
        ("day=sun&day=MON", {"days": ("mon", "sun")}),
        ("time=night&time=morning", {"times": ("morning", "night")}),
        ("from=18:00&to=21", {"starts_from": time(18), "starts_to": time(21)}),
        ("from=00:00", {"starts_from": time(0)}),
        ("joining=just-come&joining=ask", {"joining": ("just-come", "ask")}),
        ("room=yes&first-time=1", {"has_room": True, "first_time": True}),
        ("when=week&when=now", {"soon": ("now", "week")}),
        ("when=today&zone=Asia/Tokyo", {"soon": ("today",), "zone": "Asia/Tokyo"}),
        ("zone=Asia/Tokyo", {"zone": "Asia/Tokyo"}),
    ],
)
def test_each_parameter(address: str, asked: dict[str, object]) -> None:
    find = read(address)
    languages = find.search.languages
    assert find.unknown == []
    if languages:
        assert set(languages) == set(asked["languages"])
    else:
        assert find.search == Search(**{"zone": "Europe/London", **asked})


@pytest.mark.parametrize(
    ("address", "unknown"),
    [
        ("topic=nope", ["nope"]),
        ("day=mon&day=someday", ["someday"]),
        ("format=carrier-pigeon&topic=<b>", ["<b>", "carrier-pigeon"]),
        ("age=121&age=-3", ["121", "-3"]),
        ("language=klingonese", ["klingonese"]),
        ("from=25:00", ["25:00"]),
        ("to=noon", ["noon"]),
        ("room=perhaps", ["perhaps"]),
        ("when=today&zone=Mars/Base", ["mars/base"]),
        ("when=today&zone=../../etc/passwd", ["../../etc/passwd"]),
        # Files beside the zones, which the database does not know.
        ("when=today&zone=localtime", ["localtime"]),
        ("when=today&zone=posixrules", ["posixrules"]),
        ("when=today&zone=right/Europe/London", ["right/europe/london"]),
        ("near=here", ["here"]),
        ("near=91,0", ["91,0"]),
        ("near=1,2,3", ["1,2,3"]),
        ("radius=far", ["far"]),
        ("radius=0", ["0"]),
        ("radius=99999", ["99999"]),
        ("sort=random", ["random"]),
        ("view=globe", ["globe"]),
        ("page=two", ["two"]),
        ("page=-1", ["-1"]),
        ("page=٣", ["٣"]),
        ("page=99999999999", ["99999999999"]),
        ("day=a&day=b&day=c&day=d&day=e&day=f", ["a", "b", "c", "d", "e"]),
        ("day=" + "x" * 100, ["x" * 40]),
        ("day=%00x", ["x"]),
        ("utm_source=mail", []),
        ("day=&topic=&format=&page=&q=&place=&from=&radius=&near=&room=&zone=", []),
    ],
)
def test_what_is_not_known_is_left_out_and_named(address: str, unknown: list[str]) -> None:
    find = read(address)
    assert [value.lower() for value in find.unknown] == unknown
    assert find.search.without("days").without("soon") == Search(zone=find.search.zone)


def test_of_very_many_values_the_first_are_read() -> None:
    find = read("&".join(f"age={years:02}&age={years}" for years in range(121)))
    assert find.search.ages == tuple(str(years) for years in range(30))
    assert find.is_cut
    find = read("&".join(f"language={code}" for code in language_codes()))
    assert len(find.search.languages) == 30
    assert len(find.address()) < 500
    assert not read("age=18&age=18&age=018").is_cut


def test_words_are_cut_and_cleaned() -> None:
    assert read("q=" + "a" * 500).search.words == "a" * 200
    assert read("q=low%00mood%0Anow").search.words == "low mood now"


class TestWhere:
    def test_a_position_is_rounded_again(self) -> None:
        find = read("near=51.123456,-0.987654&radius=5")
        near = find.search.near
        assert near is not None
        assert (near.latitude, near.longitude) == (51.12, -0.99)
        assert "51.12%2C-0.99" in find.address()
        assert "123" not in find.address()

    @pytest.mark.parametrize(("country", "km"), [("GB", 16.09344), ("ES", 10), ("US", 16.09344)])
    def test_a_radius_is_in_the_unit_of_the_country(self, country: str, km: float) -> None:
        near = read("near=51,0&radius=10", country=country).search.near
        assert near is not None
        assert near.radius_km == pytest.approx(km)

    def test_without_a_radius_the_usual_one(self) -> None:
        assert read("near=51,0&radius=10").address() == "/groups/?near=51.0%2C0.0"
        assert "radius=10" in read("near=51,0&radius=10", country="ES").address()
        assert "Within 10 miles of where you are" in chips(read("near=51,0"))
        assert "Within 25 kilometres of where you are" in chips(read("near=41,0", country="ES"))

    @pytest.mark.django_db
    def test_a_place_is_looked_up_and_told_by_its_own_miles(self) -> None:
        factories.make_town("Madrid", country="ES", latitude=40.4, longitude=-3.7)
        find = read("place=madrid&radius=5")
        near = find.search.near
        assert near is not None
        assert (near.latitude, near.longitude, near.radius_km) == (40.4, -3.7, 5)
        assert chips(find) == {"Within 5 kilometres of Madrid, Spain": "/groups/"}
        assert find.address() == "/groups/?place=madrid&radius=5"

    @pytest.mark.django_db
    def test_several_of_a_name_are_offered_with_their_region(self) -> None:
        factories.make_town("Newport", region="Wales", population=150_000)
        factories.make_town("Newport", region="Isle of Wight", latitude=50.7)
        find = read("place=newport&topic=grief")
        assert find.search.near is not None
        assert find.search.near.label == "Newport, Wales"
        (other,) = Links(find).other_places
        assert other.label == "Newport, Isle of Wight"
        again = read(other.url.partition("?")[2].partition("#")[0])
        assert again.search.near is not None
        assert again.search.near.label == "Newport, Isle of Wight"
        assert again.search.topics == ("grief",)

    @pytest.mark.django_db
    def test_a_place_nobody_knows_limits_nothing_and_stays_to_be_mended(self) -> None:
        find = read("place=Nowhere+at+all&day=mon&radius=5")
        assert find.around.is_unknown
        assert find.search == Search(days=("mon",), zone="Europe/London")
        assert find.is_filtered
        assert chips(find)["Place: “Nowhere at all”"] == "/groups/?day=mon"
        assert "place=Nowhere+at+all" in chips(find)["Monday"]

    @pytest.mark.django_db
    def test_what_was_typed_is_believed_before_the_browser(self) -> None:
        factories.make_town("Leeds")
        find = read("place=Leeds&near=51,0")
        assert find.search.near is not None
        assert find.search.near.label == "Leeds"
        assert find.address() == "/groups/?place=Leeds"


class TestAddresses:
    def test_they_leave_out_what_is_not_asked_for(self) -> None:
        address = (
            "q=low+mood&topic=grief&topic=alcohol&age=34&day=mon&from=18%3A00&when=today"
            "&room=yes&first-time=yes&zone=Asia%2FTokyo&sort=match&view=week"
        )
        find = read(f"{address}&place=&radius=10&to=&page=3")
        assert (
            find.address()
            == f"/groups/?{address.replace('&from=18%3A00&when=today', '&when=today&from=18%3A00')}"
        )
        assert find.address(Search()) == "/groups/?sort=match&view=week"
        assert read("").address() == "/groups/"

    def test_each_value_in_use_can_be_taken_away(self) -> None:
        find = read("q=low&topic=grief&day=mon&day=tue&from=18:00&to=21:30&room=1&language=bfi")
        told = chips(find)
        assert list(told) == [
            "“low”",
            "Grief",
            "British Sign Language",
            "Monday",
            "Tuesday",
            "Starts at 6 pm or later",
            "Starts by 9:30 pm",
            "Has room",
        ]
        assert told["Monday"] == (
            "/groups/?q=low&topic=grief&language=bfi&day=tue&from=18%3A00&to=21%3A30&room=yes"
        )
        assert "from=" not in told["Starts at 6 pm or later"]
        assert "room=" not in told["Has room"]

    @pytest.mark.parametrize(
        ("address", "sorts"),
        [
            ("", ["soonest"]),
            ("q=grief", ["soonest", "match"]),
            ("near=51,0", ["soonest", "nearest"]),
            ("near=51,0&q=grief&sort=nearest", ["soonest", "nearest", "match"]),
        ],
    )
    def test_orders_are_offered_where_they_make_sense(self, address, sorts) -> None:
        find = read(address)
        assert find.sorts == sorts
        current = [link.label for link in Links(find).sorts if link.is_current]
        assert current == ["Nearest first" if "sort" in address else "Soonest first"]

    def test_an_order_without_sense_is_the_usual_one(self) -> None:
        assert read("sort=nearest").sort == "soonest"
        assert read("sort=match").sort == "soonest"

    def test_pages_keep_what_was_asked_for(self) -> None:
        find = read("q=grief&place=&page=2")
        pages = pages_of(find, 2, 3)
        assert pages.before == "/groups/?q=grief#results"
        assert pages.after == "/groups/?q=grief&page=3#results"
        assert [turn["number"] for turn in pages.turns] == [1, 2, 3]
        assert pages_of(find, 1, 1).turns == []

    def test_the_calendar_follows_the_search(self) -> None:
        find = read("q=grief&sort=match&view=week")
        assert Links(find).calendar == "/meetings/calendar.ics?q=grief"


class TestBoxes:
    def offered(self, address: str) -> dict[str, list[str]]:
        topics = Boxes(read(address), {}).topics
        return {it.whole.value: [part.value for part in it.parts] for it in topics}

    def test_topics_in_use_are_offered_below_what_they_are_part_of(self) -> None:
        assert self.offered("") == {"grief": ["bereavement"], "alcohol": []}

    def test_a_topic_asked_for_stays_on_offer(self) -> None:
        assert self.offered("topic=unused-part")["unused"] == ["unused-part"]

    def test_what_was_ticked_stays_ticked_and_is_seen(self) -> None:
        boxes = Boxes(read("topic=bereavement&day=sun&access=captions&time=evening&age=34"), {})
        assert [it.is_open for it in boxes.topics] == [True, False]
        assert [it.value for it in boxes.days if it.is_chosen] == ["sun"]
        assert [it.label for it in boxes.ages if it.is_chosen] == ["Age 34"]
        assert (boxes.is_access_open, boxes.is_time_open, boxes.is_who_open) == (True, True, False)

    def test_languages_stand_by_their_names(self) -> None:
        assert [it.label for it in Boxes(read("language=ar"), {}).languages] == [
            "Arabic",
            "British Sign Language",
            "English",
        ]

    def test_counts_are_told_where_they_are_known(self) -> None:
        tallies = {
            "formats": {"online": Tally(12)},
            "days": {"mon": Tally(1000, is_more=True)},
            "has_room": {"yes": Tally(3)},
        }
        boxes = Boxes(read(""), tallies)
        assert [it.count for it in boxes.formats] == [Tally(0), Tally(12), Tally(0)]
        assert [it.count for it in boxes.days] == [Tally(1000, is_more=True), *[None] * 6]
        assert [it.count for it in boxes.times] == [None] * 4
        assert [it.count for it in boxes.switches] == [Tally(3), None]

    def test_an_age_in_years_is_not_counted_and_so_not_told_as_none(self) -> None:
        boxes = Boxes(read("age=20"), {"ages": {"18-25": Tally(4)}})
        told = {it.label: it.count for it in boxes.ages}
        assert (told["18 to 25"], told["65 and over"], told["Age 20"]) == (Tally(4), Tally(0), None)

    def test_how_far(self) -> None:
        boxes = Boxes(read("near=51,0&radius=15"), {})
        assert [it.label for it in boxes.radii if it.is_chosen] == ["15 miles"]
        assert [it.value for it in boxes.radii] == ["2", "5", "10", "15", "25", "50", "100"]


@pytest.mark.parametrize(
    ("tally", "told"),
    [
        (Tally(0), "0 groups"),
        (Tally(1), "1 group"),
        (Tally(999), "999 groups"),
        (Tally(1000), "1,000 groups"),
        (Tally(1000, is_more=True), "1,000+ groups"),
    ],
)
def test_numbers_of_groups(tally: Tally, told: str) -> None:
    assert spoken_groups(tally) == told
    assert spoken_meetings(tally) == told.replace("group", "meeting")
