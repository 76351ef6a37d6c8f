"""Loading the towns that ship with the site, and the postcodes of a country."""

from __future__ import annotations

import csv
import gzip
import zipfile
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import pytest
from django.core.management import CommandError, call_command

from accounts.models import AuditEntry
from directory import content
from directory.actions.gazetteer import load_gazetteer, load_what_is_missing
from directory.models import FinderEntry, Postcode, Town
from directory.queries.places import look_up
from directory.text.places import name_keys
from tests import factories

pytestmark = pytest.mark.django_db
SHIPPED = content.GAZETTEER / "towns.csv.gz"


def line(code: str = "LS1", **fields: str) -> str:
    """A line of a postal file of GeoNames, in Leeds unless told otherwise."""
    known = {"country": "GB", "place": "Leeds", "latitude": "53.8", "longitude": "-1.55", **fields}
    regions = ["England", "ENG", "West Yorkshire", "", "", ""]
    point = [known["latitude"], known["longitude"], "4"]
    return "\t".join([known["country"], code, known["place"], *regions, *point])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "GB.txt"


def load(file: Path, *lines: str, country: str = "GB") -> None:
    file.write_text("\n".join(lines) + "\n", "utf-8")
    call_command("load_postcodes", str(file), country=country)


def codes() -> list[str]:
    return list(Postcode.objects.values_list("code", flat=True))


def test_the_shipped_towns_load_whole_and_are_found() -> None:
    towns = load_gazetteer(by=None)
    assert towns == Town.objects.count() > 70_000
    for text, label in {
        "Sheffield": "Sheffield, South Yorkshire",
        "Croydon": "Croydon, Greater London",
        "Otley": "Otley, West Yorkshire",
        "Kirkby Lonsdale": "Kirkby Lonsdale, Cumbria",
        "Madrid": "Madrid, Spain",
        "القاهرة": "Cairo, Egypt",
        "Londres": "London, Greater London",
    }.items():
        spot = look_up(text, country="GB").spot
        assert spot
        assert spot.label == label
    madrid = look_up("Madrid", country="GB").spot
    assert madrid
    assert madrid.time_zone == "Europe/Madrid"
    # Loaded once more they are the same, and are not loaded where there are some.
    assert load_what_is_missing(by=None)["towns"] == 0
    assert AuditEntry.objects.filter(action="gazetteer.loaded").count() == 1


def shipped_towns() -> Iterator[dict[str, str]]:
    with gzip.open(SHIPPED, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def test_each_shipped_town_is_complete_and_found_by_its_name() -> None:
    numbers = set()
    zones = available_timezones()
    for town in shipped_towns():
        numbers.add(town["id"])
        found_as = town["found_as"].split("|") if town["found_as"] else [town["name"].lower()]
        assert found_as[: len(name_keys(town["name"]))] == name_keys(town["name"]), town
        assert town["time_zone"] in zones, town
        assert abs(float(town["latitude"])) <= 90
        assert abs(float(town["longitude"])) <= 180
    assert len(numbers) > 70_000
    assert ZoneInfo("Europe/London")
    assert SHIPPED.stat().st_size < 2_000_000


def test_a_group_that_shows_its_area_only_is_found_once_there_are_towns(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = factories.make_place(shown="area", latitude=53.81, longitude=-1.53)
    group = factories.make_group(place=place)
    assert FinderEntry.objects.get(group=group).latitude not in (53.8, 53.81)
    shipped = b"id,name,found_as,country,region,latitude,longitude,population,time_zone\n"
    town = b"7,Leeds,,GB,West Yorkshire,53.8,-1.5,500000,Europe/London\n"
    monkeypatch.setattr(content, "towns", lambda: [shipped, town])
    assert load_gazetteer(by=None) == 1
    assert FinderEntry.objects.get(group=group).latitude == 53.8


def test_the_samples_of_postcodes_load_where_there_are_none(file: Path) -> None:
    factories.make_town()
    assert load_what_is_missing(by=None)["postcodes"] > 60
    spot = look_up("CR0 2AB", country="GB").spot
    assert spot
    assert spot.label == "CR0, Croydon"
    load(file, line("LS1"))
    assert load_what_is_missing(by=None) == {"towns": 0, "postcodes": 0}
    assert codes() == ["LS1"]


def test_postcodes_of_a_file_replace_those_of_the_country(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load(file, line("75011", country="FR"), country="FR")
    load(file, line("LS1"), line("LS2"))
    load(file, line("LS3"), line("75012", country="FR"), "", line("LS4", latitude=""))
    assert codes() == ["75011", "LS3"]
    assert capsys.readouterr().out.endswith("1 postcodes of GB loaded.\n")
    spot = look_up("ls3", country="GB").spot
    assert spot
    assert (spot.label, spot.latitude, spot.longitude) == ("LS3, Leeds", 53.8, -1.55)
    assert Postcode.objects.get(code="LS3").region == "West Yorkshire"


def test_a_code_that_several_places_share_lies_between_them(file: Path) -> None:
    load(file, line("LS1", latitude="53"), line("LS1", latitude="54", place="Otley"))
    assert list(Postcode.objects.values_list("code", "place_name", "latitude")) == [
        ("LS1", "Leeds", 53.5)
    ]


def test_whole_codes_give_their_first_parts_too(file: Path) -> None:
    load(file, line("SW1A 1AA", latitude="51.50"), line("SW1A 2AA", latitude="51.52"))
    assert codes() == ["SW1", "SW1A", "SW1A1AA", "SW1A2AA"]
    assert Postcode.objects.get(code="SW1A").latitude == pytest.approx(51.51)


def test_an_archive_is_read_as_it_comes(tmp_path: Path) -> None:
    path = tmp_path / "GB.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "About the file")
        archive.writestr("GB.txt", line("LS1") + "\n")
    call_command("load_postcodes", str(path), country="GB")
    assert codes() == ["LS1"]


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        ("GB\tLS1\tLeeds", "Line 2 has 3 columns, not 12 with tabs between them"),
        (line("LS2", latitude="north"), "Line 2 has no point on the earth"),
        (line("LS2", latitude="91"), "Line 2 has no point on the earth"),
        (line("LS2", longitude="nan"), "Line 2 has no point on the earth"),
        (line("---"), "Line 2 has no postcode of at most 20 letters"),
        (line("L" * 21), "Line 2 has no postcode of at most 20 letters"),
        (line("LS2", place="\0"), "Line 2 holds a NUL character"),
        ("x" * 9000, "Line 2 has 1 columns"),
    ],
)
def test_a_broken_line_is_named_and_nothing_changes(file: Path, broken: str, sentence: str) -> None:
    load(file, line("LS9"))
    with pytest.raises(CommandError, match=sentence) as error:
        load(file, line("LS1"), broken)
    assert str(error.value).endswith("Nothing has been changed.")
    assert codes() == ["LS9"]


def test_a_file_of_another_kind_is_refused(file: Path) -> None:
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandError, match="Line 1 is not UTF-8"):
        call_command("load_postcodes", str(file), country="GB")
    with pytest.raises(CommandError, match="holds no postcode of GB"):
        load(file, line("75011", country="FR"))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_postcodes", str(file.with_name("missing")), country="GB")
    with pytest.raises(CommandError, match="There is no country “Atlantis”"):
        call_command("load_postcodes", str(file), country="Atlantis")
