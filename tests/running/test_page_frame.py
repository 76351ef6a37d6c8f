"""The frame of every page: few and small files, other languages, help in its place."""

from __future__ import annotations

import json
import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from tests import factories

VENDOR = Path(settings.BASE_DIR, "directory/static/vendor")


@pytest.fixture
def page(db):
    factories.make_crisis_line()

    def fetch(address="/style-guide/", **headers):
        return Client().get(address, headers=headers).content.decode()

    return fetch


def files_of(html: str) -> list[str]:
    """Return the static files that a page asks for."""
    return re.findall(r'(?:href|src)="/static/([^"]+)"', html)


def compressed(text: bytes) -> int:
    return len(brotli.compress(text, quality=11))


def test_the_first_visit_is_small(page):
    html = page()
    files = [Path(finders.find(name)).read_bytes() for name in files_of(html)]
    assert 1 + len(files) <= 6
    assert compressed(html.encode()) + sum(map(compressed, files)) <= 60_000


def test_the_scripts_of_every_page_are_small(page):
    scripts = [name for name in files_of(page()) if name.endswith(".js")]
    with_htmx = [*scripts, "vendor/htmx/htmx.js"]
    weights = {name: compressed(Path(finders.find(name)).read_bytes()) for name in with_htmx}
    assert sum(weights[name] for name in scripts) <= 15_000
    assert sum(weights.values()) <= 20_000


def test_what_is_vendored_has_a_version_and_a_licence_and_no_missing_map():
    versions = json.loads((VENDOR / "versions.json").read_text())
    assert sorted(versions) == ["bootstrap", "htmx.org", "leaflet", "sass", "world-atlas"]
    for folder in ("bootstrap", "htmx", "leaflet", "world"):
        assert (VENDOR / folder / "LICENSE.txt").read_text() != ""
    assert [f for f in VENDOR.rglob("*.*s") if "sourceMappingURL" in f.read_text()] == []


def test_our_stylesheet_names_no_side_of_the_screen():
    sheet = Path(finders.find("directory/waymeet.css")).read_text()
    assert re.findall(r"[\w-]*(?:margin|padding|border)-(?:left|right)\b", sheet) == []


@pytest.fixture
def all_translated(settings):
    settings.LANGUAGES_OFFERED = ["en", "es", "fr", "ar"]


@pytest.mark.usefixtures("all_translated")
def test_the_same_page_is_linked_in_the_other_languages(page):
    found = re.findall(r'<a href="([^"]+)" lang="(\w+)"', page("/style-guide/?page=2"))
    assert found == [
        ("/style-guide/?page=2", "en"),
        ("/es/style-guide/?page=2", "es"),
        ("/fr/style-guide/?page=2", "fr"),
        ("/ar/style-guide/?page=2", "ar"),
    ]


@pytest.mark.usefixtures("all_translated")
def test_a_browser_that_prefers_another_language_is_offered_it(page):
    html = page(accept_language="fr-CA,fr;q=0.9,en;q=0.5")
    assert re.findall(r'class="offered".*?href="([^"]+)"', html) == ["/fr/style-guide/"]


@pytest.mark.parametrize("wished", ["en-GB,en;q=0.9,es;q=0.5", "de", ""])
def test_nobody_else_is_offered_anything(page, wished):
    assert 'class="offered"' not in page(accept_language=wished)


def test_a_language_that_is_not_translated_is_neither_linked_nor_offered(page, settings):
    settings.LANGUAGES_OFFERED = ["en"]
    html = page(accept_language="fr-CA,fr;q=0.9,en;q=0.5")
    assert re.findall(r'href="/(?:es|fr|ar)/', html) == []


def test_the_answer_says_that_it_depends_on_the_language(db):
    assert "Accept-Language" in Client().get("/es/style-guide/")["Vary"]


@pytest.mark.parametrize(
    ("address", "direction"), [("/style-guide/", "ltr"), ("/ar/style-guide/", "rtl")]
)
def test_the_page_runs_the_way_its_language_does(page, address, direction):
    assert f'dir="{direction}"' in page(address).partition("<head>")[0]


def test_help_is_one_tap_away_in_the_same_place(page):
    for address in ("/style-guide/", "/nowhere/", "/accounts/login/"):
        html = page(address)
        assert html.count('href="#help-now"') == 1
        assert html.count('id="help-now"') == 1
        assert html.index("tel:116123") > html.index("<footer")


def test_the_title_says_that_something_is_to_be_mended(db):
    page = Client().post("/accounts/login/", {"login": "nobody"}).content.decode()
    assert re.findall(r"<title>\s*(Error:)", page) == ["Error:"]
    assert page.count("There is a problem") == 1
