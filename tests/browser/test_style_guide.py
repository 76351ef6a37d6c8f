"""Every component, as a browser sees it."""

from __future__ import annotations

import pytest

from tests import factories
from tests.browser.accessible import scrolls_sideways


@pytest.fixture(autouse=True)
def crisis_line(db: None) -> None:
    factories.make_crisis_line(country="GB", phone="116 123", url="https://helpline.example.org/")


@pytest.mark.parametrize("address", ["/style-guide/", "/ar/style-guide/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_component_is_accessible(open_page, size, scheme, address, assert_accessible):
    page = open_page(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    page.goto(address)
    assert_accessible(page)


@pytest.mark.parametrize("address", ["/style-guide/", "/ar/style-guide/"])
def test_it_fits_the_narrowest_screen(open_page, address):
    page = open_page(viewport={"width": 320, "height": 640})
    page.goto(address)
    assert not scrolls_sideways(page)


def test_it_fits_with_letters_twice_as_large(open_page):
    page = open_page(viewport={"width": 375, "height": 812})
    page.goto("/style-guide/")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert not scrolls_sideways(page)
