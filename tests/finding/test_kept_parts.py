"""Parts of pages that are made once: never shown where they would be wrong."""

from __future__ import annotations

import re

import pytest
from django.core.cache import caches
from django.http import QueryDict
from django.template import Context, Template
from django.test import Client
from django.utils.translation import override

from directory.forms.find import Boxes, FindForm
from directory.forms.find.parameters import HOURS, SEVERAL, SWITCHES, VALUES
from directory.models import CrisisLine, Group, SiteProfile
from directory.queries.search import Tally
from tests import factories
from tests.finding.pages import source

pytestmark = pytest.mark.django_db


def draw(template: Template, **values: object) -> str:
    return template.render(Context(values))


def test_it_is_drawn_again_for_another_value_and_another_language() -> None:
    template = Template("{% load kept %}{% kept name %}{{ name }} {{ other }}{% endkept %}")
    assert draw(template, name="Ada", other=1) == "Ada 1"
    assert draw(template, name="Ada", other=2) == "Ada 1"
    assert draw(template, name="Ben", other=3) == "Ben 3"
    with override("fr"):
        assert draw(template, name="Ada", other=4) == "Ada 4"
    assert draw(template, name="Ada", other=5) == "Ada 1"


def current(page: str) -> list[str]:
    return re.findall(r'<a href="([^"]+)" aria-current="page"', page)


def test_the_navigation_says_where_one_is(client: Client, group: Group) -> None:
    for address in ("/groups/", "/facilitators/", "/groups/grief-on-tuesdays/", "/groups/"):
        expected = [address] if address.count("/") == 2 else []
        assert current(source(client.get(address))) == expected


def test_a_visitor_never_gets_what_was_made_for_somebody_signed_in(
    client: Client, as_mo: Client, group: Group
) -> None:
    for _ in range(2):
        assert "/moderate/" in source(as_mo.get("/facilitators/"))
        page = source(client.get("/facilitators/"))
        assert "/moderate/" not in page
        assert "csrfmiddlewaretoken" not in page


def test_a_crisis_line_that_was_changed_is_shown_at_once(client: Client, group: Group) -> None:
    factories.make_crisis_line(phone="116 123")
    assert "tel:116123" in source(client.get("/facilitators/"))
    CrisisLine.objects.update(phone="116 117")
    caches["process"].clear()
    page = source(client.get("/facilitators/"))
    assert "tel:116117" in page
    assert "tel:116123" not in page


def test_each_country_has_its_own_lines(client: Client, group: Group) -> None:
    factories.make_crisis_line(country="GB", phone="116 123")
    factories.make_crisis_line(country="US", phone="988", name="988 Lifeline")
    factories.make_group(slug="new-york", country="US")
    for _ in range(2):
        assert "tel:988" in source(client.get("/groups/new-york/"))
        assert "tel:116123" in source(client.get("/groups/grief-on-tuesdays/"))


def test_the_sites_name_and_way_out_follow_at_once(client: Client) -> None:
    client.get("/facilitators/")
    SiteProfile.objects.update_or_create(
        pk=SiteProfile.ONLY, defaults={"name": "Harbour", "exit_url": "https://weather.example/"}
    )
    caches["process"].clear()
    page = source(client.get("/facilitators/"))
    assert "<span>Harbour</span>" in page
    assert 'data-exit-to="https://weather.example/"' in page


def boxes_of(address: str, **tallies: dict[str, Tally]) -> Boxes:
    return Boxes(FindForm(QueryDict(address), path="/groups/"), tallies)


@pytest.mark.parametrize("name", [*SEVERAL.values(), *HOURS.values(), *SWITCHES.values()])
def test_a_form_with_anything_else_ticked_is_another(name: str) -> None:
    factories.make_topic(slug="grief")
    values = {"topic": "grief", "age": "25", "language": "en", "from": "18:00", "to": "20:00"}
    known = {SEVERAL[kind]: of_kind[0] for kind, of_kind in VALUES.items()}
    value = ({"room": "yes", "first-time": "yes"} | known | values)[name]
    assert boxes_of(f"{name}={value}").told != boxes_of("").told


def test_a_form_with_other_numbers_is_another() -> None:
    numbers = [{}, {"days": {}}]
    numbers += [{kind: {"tue": Tally(3)}} for kind in ("days", "times")]
    numbers += [{"days": {"tue": Tally(4)}}, {"days": {"wed": Tally(3)}}]
    numbers += [{"days": {"tue": Tally(3, is_more=True)}}]
    assert len({boxes_of("", **tallies).told for tallies in numbers}) == len(numbers)


def test_a_form_of_other_topics_is_another() -> None:
    before = boxes_of("").told
    topic = factories.make_topic(name="Grief")
    with_it = boxes_of("").told
    topic.name = "Loss"
    topic.save()
    assert len({before, with_it, boxes_of("").told}) == 3


def test_nothing_that_somebody_typed_is_kept(client: Client, group: Group) -> None:
    told = boxes_of("q=hushed&place=Hushington&near=53.8,-1.5&zone=Europe/Paris").told
    assert told == boxes_of("").told
    assert "hushed" in source(client.get("/groups/?q=hushed&place=Hushington"))
    page = source(client.get("/groups/"))
    assert "hushed" not in page
    assert "Hushington" not in page


def test_pages_of_another_language_keep_their_own(client: Client) -> None:
    for address in ("/facilitators/", "/ar/facilitators/", "/facilitators/"):
        page = source(client.get(address))
        prefix = address.removesuffix("facilitators/")
        assert f'<a class="brand" href="{prefix}">' in page
