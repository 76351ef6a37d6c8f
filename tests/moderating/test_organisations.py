from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry, Person
from directory.actions.organisations import (
    add_moderator,
    create_organisation,
    end_moderator,
    update_organisation,
)
from directory.models import Moderator, Organisation
from directory.refusals import Refused
from tests import factories
from tests.moderating.conftest import typed

pytestmark = pytest.mark.django_db
LONDON = {"country": "GB", "time_zone": "Europe/London"}


def test_the_first_one_runs_the_site() -> None:
    made = [create_organisation(by=None, name=name, **LONDON) for name in ("Harbour", "Haven")]
    assert [one.runs_site for one in made] == [True, False]
    assert [one.slug for one in made] == ["harbour", "haven"]


def test_names_that_look_alike_get_addresses_of_their_own() -> None:
    names = ("Café", "Cafe", "CAFÉ!", "مقهى")
    slugs = [create_organisation(by=None, name=name, **LONDON).slug for name in names]
    assert slugs == ["cafe", "cafe-2", "cafe-3", "organisation"]


def test_the_page_changes_what_it_says_and_keeps_the_address(
    as_mo: Client, organisation: Organisation
) -> None:
    address = reverse("edit_organisation", args=[organisation.slug])
    as_mo.post(address, typed(as_mo.get(address), name="Lighthouse", description="*Hello*"))
    organisation.refresh_from_db()
    assert (organisation.name, organisation.slug) == ("Lighthouse", "harbour-listening")
    assert AuditEntry.objects.get().detail == {"fields": ["description", "name"]}


def test_a_name_that_is_taken_is_an_error(as_mo: Client, organisation: Organisation) -> None:
    other = factories.make_organisation()
    address = reverse("edit_organisation", args=[organisation.slug])
    page = as_mo.post(address, typed(as_mo.get(address), name=other.name)).content.decode()
    assert "There is a problem" in page
    assert f'value="{other.name}"' in page


def test_only_its_moderators_change_it(
    organisation: Organisation, ada: Person, pat: Person
) -> None:
    for person in (ada, pat):
        with pytest.raises(Refused):
            update_organisation(organisation=organisation, by=person, name="Mine")


def test_administrators_make_and_end_moderators(
    organisation: Organisation, ada: Person, mo: Person
) -> None:
    admin = factories.make_person(is_staff=True)
    moderator = add_moderator(organisation=organisation, person=ada, by=admin)
    for act in (
        lambda: add_moderator(organisation=organisation, person=ada, by=admin),
        lambda: add_moderator(organisation=organisation, person=admin, by=mo),
        lambda: end_moderator(moderator=moderator, by=mo),
    ):
        with pytest.raises(Refused):
            act()
    end_moderator(moderator=moderator, by=admin)
    assert not Moderator.objects.current().filter(person=ada).exists()
    with pytest.raises(Refused):
        end_moderator(moderator=moderator, by=admin)
