"""The map at /groups/?view=map: its marks, its picture, and what may be loaded."""

from __future__ import annotations

import re
from random import Random

import pytest
from django.test import Client
from django.utils import timezone

from config.environment import Environment
from directory.choices import Format
from directory.mercator import Box
from directory.models import Group
from directory.queries import map as map_module
from directory.queries import marks as marks_module
from directory.queries.map import map_of, merged
from directory.queries.marks import WORLD, Mark, marks_of
from directory.queries.search import Near, Search, Tally
from directory.views.find.dots import picture_of
from tests import factories
from tests.finding.pages import groups, source, words

pytestmark = pytest.mark.django_db
ADDRESS = "/groups/?view=map"
LEEDS, LONDON, YORK = (53.7965, -1.5478), (51.5085, -0.1257), (53.9576, -1.0827)
# Where the hidden house really is: north of Leeds.
HIDDEN = (53.8712, -1.6021)


def at(point: tuple[float, float], **fields) -> Group:
    """A group with an address at a point, unless told otherwise."""
    place = {"latitude": point[0], "longitude": point[1], **fields.pop("place", {})}
    return factories.make_group(place=factories.make_place(**place), **fields)


@pytest.fixture
def towns(db: None) -> None:
    factories.make_town("Leeds", population=455_123)
    factories.make_town("London", latitude=51.5085, longitude=-0.1257, population=8_961_989)
    factories.make_town("York", latitude=53.9576, longitude=-1.0827, population=144_202)


@pytest.fixture
def hidden(towns: None) -> Group:
    """A group that shows no more than its area."""
    place = {
        "shown": "area",
        "area": "Leeds",
        "name": "Secret House",
        "address": "99 Hidden Street",
    }
    return at(HIDDEN, name="Hidden", slug="hidden", place=place)


def asked(client: Client, **parameters) -> dict:
    return client.get("/groups/map.json", parameters).json()


class TestMarks:
    def test_what_lies_close_together_is_one_mark(self, towns: None) -> None:
        at(LEEDS), at(YORK), at(LONDON)
        far, near = (marks_of(Search(), timezone.now(), box=WORLD, zoom=it) for it in (6, 12))
        assert [mark.tally.number for mark in far] == [2, 1]
        assert [mark.tally.number for mark in near] == [1, 1, 1]

    def test_a_mark_knows_where_its_groups_are(self, towns: None) -> None:
        at(LEEDS), at(YORK)
        (mark,) = marks_of(Search(), timezone.now(), box=WORLD, zoom=6)
        assert mark.box == Box(LEEDS[1], LEEDS[0], YORK[1], YORK[0])
        assert LEEDS[0] < mark.latitude < YORK[0]
        assert not mark.is_one_point

    def test_online_groups_are_nowhere(self, towns: None) -> None:
        factories.make_group(format=Format.ONLINE)
        assert marks_of(Search(), timezone.now(), box=WORLD, zoom=6) == []

    def test_only_what_answers_the_search(self, towns: None) -> None:
        at(LEEDS)
        at(LONDON, joining="just-come")
        (mark,) = marks_of(Search(joining=("just-come",)), timezone.now(), box=WORLD, zoom=6)
        assert (mark.latitude, mark.longitude) == LONDON

    def test_an_area_is_apart_when_one_is_close(self, hidden: Group) -> None:
        at(LEEDS)
        far, near = (marks_of(Search(), timezone.now(), box=WORLD, zoom=it) for it in (8, 9))
        assert [(mark.tally.number, mark.is_area) for mark in far] == [(2, False)]
        assert {(mark.tally.number, mark.is_area) for mark in near} == {(1, True), (1, False)}

    def test_beyond_the_bound_each_tile_is_asked_for_itself(self, hidden, monkeypatch) -> None:
        at(LEEDS), at(YORK), at(LONDON)
        for zoom in (3, 6, 10):
            box = Box(-3, 51, 1, 55)
            whole = marks_of(Search(), timezone.now(), box=box, zoom=zoom)
            with monkeypatch.context() as patched:
                patched.setattr(marks_module, "GATHERED_AS_A_WHOLE", 1)
                patched.setattr(marks_module, "MOST_TILES", 10_000)
                assert marks_of(Search(), timezone.now(), box=box, zoom=zoom) == whole

    def test_no_more_is_counted_than_the_bound(self, towns: None, monkeypatch) -> None:
        for _ in range(4):
            at(LEEDS)
        monkeypatch.setattr(marks_module, "GATHERED_AS_A_WHOLE", 1)
        monkeypatch.setattr(marks_module, "MOST_COUNTED", 2)
        (mark,) = marks_of(Search(), timezone.now(), box=WORLD, zoom=3)
        assert (mark.tally.number, mark.tally.is_more) == (2, True)


class TestWhichPartOfTheWorld:
    def test_it_holds_most_groups(self, towns: None) -> None:
        for _ in range(10):
            at(LEEDS)
        at(YORK)
        at((-33.87, 151.21))
        shown = map_of(Search(), timezone.now())
        assert shown.frame.west < LEEDS[1] < YORK[1] < shown.frame.east < 10
        assert [it.mark.tally.number for it in shown.elsewhere] == [1]

    def test_it_is_around_the_place_asked_for(self, towns: None) -> None:
        at(LEEDS), at(LONDON)
        near = Near(latitude=LEEDS[0], longitude=LEEDS[1], radius_km=10)
        shown = map_of(Search(near=near), timezone.now())
        assert [(it.town, it.mark.tally.number) for it in shown.marks] == [("Leeds", 1)]
        assert shown.frame.north - shown.frame.south < 1

    def test_nothing_at_all_is_the_world(self, db: None) -> None:
        assert map_of(Search(), timezone.now()).marks == []


class TestThePage:
    def test_without_script_it_lists_towns_with_numbers(self, client: Client, towns) -> None:
        at(LEEDS), at(LEEDS), at(LONDON)
        response = client.get(ADDRESS)
        assert re.search(r"Around Leeds 2 groups Around London 1 group", words(response))
        assert len(groups(response)) == 3

    def test_a_town_leads_to_the_groups_around_it(self, client: Client, towns) -> None:
        near = at(LEEDS)
        at(LONDON)
        response = client.get(f"{ADDRESS}&format=in-person")
        (url,) = re.findall(r'<li><a href="([^"]+)">Around Leeds', source(response))
        assert url == "/groups/?near=53.80%2C-1.55&amp;radius=2&amp;format=in-person&amp;view=map"
        assert groups(client.get(url.replace("&amp;", "&"))) == [near.slug]

    def test_it_draws_a_picture(self, client: Client, towns) -> None:
        at(LEEDS), at(LONDON)
        picture = re.search(
            r"<svg class=\"map-picture\".*?</svg>", source(client.get(ADDRESS)), re.S
        )
        assert picture[0].count('<circle class="map-dot"') == 2
        assert re.search(r'class="map-land" d="M-?\d', picture[0])

    def test_an_area_is_a_ring_and_says_so(self, client: Client, hidden: Group) -> None:
        response = client.get(ADDRESS)
        assert '<circle class="map-ring"' in source(response)
        assert "map-dot" not in source(response)
        assert "A ring stands for such an area." in words(response)

    def test_names_do_not_cover_each_other(self, client: Client, towns) -> None:
        at(LEEDS), at((LEEDS[0] + 0.01, LEEDS[1] + 0.2)), at(YORK), at(LONDON)
        picture = picture_of(map_of(Search(), timezone.now()))
        assert {"London", "Leeds"} <= {name.words for name in picture.names}
        for number, (left, top, right, bottom) in enumerate(picture.taken):
            for other in picture.taken[number + 1 :]:
                assert (
                    right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
                )

    def test_the_button_waits_for_the_script(self, client: Client, towns) -> None:
        at(LEEDS)
        page = source(client.get(ADDRESS))
        assert re.search(r"<p[^>]* hidden data-map-offer>", page)
        # Leaflet's addresses are there to be loaded later, and nothing loads them by itself.
        assert re.findall(r'(?:src|href)="[^"]*leaflet', page) == []

    def test_what_lies_far_off_is_listed_too(self, client: Client, towns) -> None:
        factories.make_town("Sydney", latitude=-33.87, longitude=151.21, population=4_627_345)
        at(LEEDS), at(YORK), at((-33.8, 151.1))
        assert "Further away Around Sydney 1 group" in words(client.get(ADDRESS))

    def test_where_all_are_online_it_says_so(self, client: Client) -> None:
        factories.make_group(format=Format.ONLINE)
        assert "None of these groups has a place on the map." in words(client.get(ADDRESS))

    def test_words_are_those_that_were_searched_for(self, client: Client, towns) -> None:
        at(LEEDS, name="Grief support")
        page = source(client.get(f"{ADDRESS}&q=grief"))
        assert 'data-marks="/groups/map.json?q=grief"' in page

    def test_the_list_loads_nothing_of_it(self, client: Client, towns) -> None:
        at(LEEDS)
        assert "map.js" not in source(client.get("/groups/"))


class TestTiles:
    TILES = "https://tiles.example.org/{z}/{x}/{y}.png"

    def policy(self, client: Client, address: str) -> dict[str, list[str]]:
        told = client.get(address)["Content-Security-Policy"].split(";")
        return {name: allowed for name, *allowed in (it.split() for it in told)}

    def test_without_a_server_nothing_else_is_allowed(self, client: Client) -> None:
        assert self.policy(client, ADDRESS)["img-src"] == ["'self'", "data:"]

    @pytest.mark.parametrize(
        "address",
        [
            "http://tiles.example.org/{z}/{x}/{y}.png",
            "https://{s}.tiles.example.org/{z}/{x}/{y}.png",
            "https://tiles.example.org/map.png",
            "https://tiles.example.org;script-src/{z}/{x}/{y}",
            "https://someone@tiles.example.org/{z}/{x}/{y}",
            "/tiles/{z}/{x}/{y}.png",
        ],
    )
    def test_an_address_that_cannot_be_is_refused_at_the_start(self, address: str) -> None:
        environment = Environment({"MAP_TILES_URL": address})
        assert environment.tiles("MAP_TILES_URL") == ""
        (problem,) = environment.problems
        assert address in problem

    def test_one_server_is_taken_as_it_is(self) -> None:
        environment = Environment({"MAP_TILES_URL": self.TILES})
        assert environment.tiles("MAP_TILES_URL") == self.TILES
        assert environment.problems == []
        assert Environment({}).tiles("MAP_TILES_URL") == ""

    def test_a_named_server_is_allowed_on_the_map_alone(self, client, towns, settings) -> None:
        settings.MAP_TILES_URL, settings.MAP_TILES_CREDIT = self.TILES, "Somebody’s map"
        at(LEEDS)
        for address in (ADDRESS, "/meetings/?view=map"):
            policy = self.policy(client, address)
            assert policy["img-src"] == ["'self'", "data:", "https://tiles.example.org"]
            # What every page needs is still in it.
            assert len(policy["form-action"]) == 2
        for address in ("/groups/", "/groups/?view=week", "/", "/groups/map.json"):
            assert self.policy(client, address)["img-src"] == ["'self'", "data:"]
        page = source(client.get(ADDRESS))
        assert f'data-tiles="{self.TILES}"' in page
        assert "Somebody’s map" in page


class TestTheData:
    def test_a_single_place_has_name_and_address(self, client: Client, towns) -> None:
        at(LEEDS, name="Grief", slug="grief")
        (mark,) = asked(client, zoom=10, bounds="-3,52,1,55")["marks"]
        assert mark["at"] == [round(it, 4) for it in LEEDS]
        assert mark["groups"] == [["Grief", "/groups/grief/"]]
        assert mark["words"] == "1 group around Leeds"

    def test_several_places_tell_how_to_come_closer(self, client: Client, towns) -> None:
        at(LEEDS), at(YORK)
        (mark,) = asked(client, zoom=3)["marks"]
        assert (mark["number"], mark["box"]) == ("2", [[*LEEDS], [*YORK]])
        assert "groups" not in mark

    def test_a_larger_town_further_off_gives_no_name(self, client: Client, towns) -> None:
        factories.make_town("Manchester", latitude=53.4809, longitude=-2.2374, population=552_858)
        at(LEEDS), at(LEEDS)
        (mark,) = asked(client, zoom=4.5, bounds="-14.5,33,10.9,59")["marks"]
        assert mark["words"] == "2 groups around Leeds"

    def test_many_at_one_point_are_a_few_names_and_a_link(self, client: Client, towns) -> None:
        for _ in range(10):
            at(LEEDS)
        (mark,) = asked(client, zoom=12, format="in-person")["marks"]
        assert len(mark["groups"]) == 8
        assert mark["more"]["words"] == "and 2 more"
        assert len(groups(client.get(mark["more"]["url"]))) == 10

    def test_an_area_tells_nothing_but_its_town(self, client: Client, hidden: Group) -> None:
        for zoom in (2, 9, 17):
            response = client.get("/groups/map.json", {"zoom": zoom})
            (mark,) = response.json()["marks"]
            assert mark["is_area"]
            assert mark["at"] == [round(it, 4) for it in LEEDS]
            told = source(response)
            for secret in ("Secret House", "Hidden Street", "53.87", "-1.60"):
                assert secret not in told

    def test_asking_around_the_hidden_house_finds_nothing(self, client, hidden: Group) -> None:
        latitude, longitude = HIDDEN
        bounds = f"{longitude - 0.02},{latitude - 0.02},{longitude + 0.02},{latitude + 0.02}"
        assert asked(client, zoom=14, bounds=bounds)["marks"] == []

    def test_it_names_the_largest_towns(self, client: Client, towns) -> None:
        assert [name for name, *_ in asked(client)["towns"]] == ["London", "Leeds", "York"]
        assert [name for name, *_ in asked(client, bounds="-2,53,0,54")["towns"]] == [
            "Leeds",
            "York",
        ]

    @pytest.mark.parametrize("zoom", ["", "-4", "99", "x", "nan", "inf", "1e400"])
    @pytest.mark.parametrize(
        "bounds", ["", "x", "1,2,3", "1,2,3,nan", "5,5,1,1", "-200,-99,200,99", "-190,-90,190,90"]
    )
    def test_any_nonsense_is_answered(self, client: Client, towns, zoom, bounds) -> None:
        at(LEEDS)
        response = client.get("/groups/map.json", {"zoom": zoom, "bounds": bounds})
        assert response.status_code == 200

    def test_it_takes_no_post(self, client: Client) -> None:
        assert client.post("/groups/map.json").status_code == 405


class TestWhoAsksForTooMuch:
    """Nobody's screen shows all houses of the world; to ask for them must not cost more."""

    def test_the_world_house_by_house_is_what_fits_on_a_screen(
        self, client: Client, towns, monkeypatch
    ) -> None:
        at(LEEDS), at(YORK), at(LONDON)
        few = asked(client, zoom=17, bounds="-180,-85,180,85")["marks"]
        assert [mark["number"] for mark in few] == ["3"]
        # Of many, each tile would be asked for: at this zoom there are 270 thousand million.
        monkeypatch.setattr(marks_module, "GATHERED_AS_A_WHOLE", 1)
        many = asked(client, zoom=17, bounds="-180,-85,180,85")["marks"]
        assert [mark["number"] for mark in many] == ["3"]
        assert len(marks_of(Search(), timezone.now(), box=WORLD, zoom=19)) <= 3

    def test_tiles_are_counted_without_naming_them(self) -> None:
        box = Box(-3, 51, 1, 55)
        assert all(box.count_tiles(zoom) == len(box.tiles(zoom)) for zoom in range(11))
        assert WORLD.count_tiles(19) > 10**11

    @pytest.mark.parametrize("zoom", [3.0, 5.5, 8.0])
    def test_marks_are_merged_as_if_each_were_compared_with_all(self, zoom: float) -> None:
        chance = Random(7)
        points = [(chance.uniform(48, 58), chance.uniform(-6, 2)) for _ in range(300)]
        marks = [
            Mark(up, along, Tally(9), Box(along, up, along, up), False, False, ())
            for up, along in points
        ]
        slowly: list[Mark] = []
        for mark in marks:
            close = (
                number
                for number, other in enumerate(slowly)
                if map_module._pixels_between(mark, other, zoom) < map_module.APART
            )
            taker = next(close, None)
            if taker is None:
                slowly.append(mark)
            else:
                slowly[taker] = map_module._both(slowly[taker], mark)
        assert merged(marks, zoom) == slowly


@pytest.mark.parametrize("count", [1, 3])
def test_groups_cost_no_queries(client, kept, towns, count, django_assert_num_queries) -> None:
    for number in range(count):
        at((LEEDS[0] + 2 * number, LEEDS[1]))
    address = "/groups/map.json?zoom=17&bounds=-3,53,0,59"
    client.get(address)
    # The marks, the towns, the names of groups.
    with django_assert_num_queries(3):
        assert len(client.get(address).json()["marks"]) == count
    # Where in the world, perhaps closer, and the towns.
    with django_assert_num_queries(3 if count == 1 else 2):
        map_of(Search(), timezone.now())


def test_what_is_read_once_is_what_a_second_look_would_show(towns, monkeypatch) -> None:
    for number in range(30):
        at((50 + number / 6, -3 + number % 7 / 3))
    at((-33.8, 151.1))
    once = map_of(Search(), timezone.now())
    monkeypatch.setattr(map_module, "GATHERED_AS_A_WHOLE", 1)
    twice = map_of(Search(), timezone.now())
    assert (once.frame, once.elsewhere) == (twice.frame, twice.elsewhere)
    assert sum(it.mark.tally.number for it in once.marks) == 30
    assert sum(it.mark.tally.number for it in twice.marks) == 30
