from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Person
from directory.models import Moderator, Organisation
from tests import factories

pytestmark = pytest.mark.django_db


def add(email: str = "mo@example.org", organisation: str = "Harbour", **options: str) -> None:
    call_command("add_moderator", email, organisation=organisation, **options)


def test_an_empty_site_gets_its_first_organisation_and_moderator(
    capsys: pytest.CaptureFixture[str],
) -> None:
    add("Mo@Example.org", country="gb")
    moderator = Moderator.objects.get()
    assert (moderator.person.email, moderator.person.has_usable_password()) == (
        "mo@example.org",
        False,
    )
    organisation = moderator.organisation
    assert (organisation.name, organisation.country) == ("Harbour", "GB")
    assert (organisation.time_zone, organisation.runs_site) == ("Europe/London", True)
    assert "It runs this site." in capsys.readouterr().out


def test_twice_is_once(capsys: pytest.CaptureFixture[str]) -> None:
    add()
    add(organisation="  harbour ")
    assert (Moderator.objects.count(), Organisation.objects.count()) == (1, 1)
    assert "moderates this organisation already" in capsys.readouterr().out


def test_somebody_with_an_account_keeps_it() -> None:
    ada = factories.make_person("Ada", email="ada@example.org")
    add("ADA@example.org")
    assert Moderator.objects.get().person == ada
    assert Person.objects.get() == ada


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"email": "mo"}, "is not an e-mail address"),
        ({"organisation": " "}, "Give the organisation a name"),
        ({"country": "Britain"}, "is no country"),
        ({"country": "US"}, "US has several time zones"),
        ({"country": "US", "timezone": "New York"}, "is no time zone"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_made(given: dict[str, str], told: str) -> None:
    with pytest.raises(CommandError, match=told):
        add(**given)
    assert not Organisation.objects.exists()
    assert not Person.objects.exists()
