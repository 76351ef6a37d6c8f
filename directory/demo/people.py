from __future__ import annotations

from itertools import product
from typing import Any

from allauth.account.models import EmailAddress
from django.utils.text import slugify

from accounts.models import Person
from directory.models import Moderator, Organisation, Place, PlaceAccess

DOMAIN = "waymeet.example"


def make_people(entries: dict[str, dict[str, Any]]) -> dict[str, Person]:
    """The people with names of their own, by key."""
    return {
        key: make_person(key, entry["name"], language=entry.get("language", "en"))
        for key, entry in entries.items()
    }


def address_of(key: str) -> str:
    """Return the address that somebody of the demo signs in with."""
    return f"{key}@{DOMAIN}"


def make_members(names: dict[str, list[str]], count: int) -> list[Person]:
    """People known by a display name of two words, as the site suggests them."""
    # Second words turn fastest, so that neighbours in a list do not share their first word.
    pairs = [(first, second) for second, first in product(names["second"], names["first"])]
    names_of_two = (f"{first} {second}" for first, second in pairs[:count])
    return [make_person(slugify(name), name) for name in names_of_two]


def make_person(key: str, name: str, *, language: str = "en") -> Person:
    """Make somebody who has confirmed their address and can be e-mailed."""
    person = Person.objects.create_user(
        address_of(key), display_name=name, is_safe_to_email=True, language=language
    )
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def make_organisations(
    entries: dict[str, dict[str, Any]], people: dict[str, Person]
) -> dict[str, Organisation]:
    """Make the organisations by key, each with its moderator."""
    organisations = {}
    for key, entry in entries.items():
        moderator = people[entry.pop("moderator")]
        organisation = Organisation.objects.create(slug=slugify(entry["name"]), **entry)
        Moderator.objects.create(organisation=organisation, person=moderator)
        organisations[key] = organisation
    return organisations


def make_places(
    entries: dict[str, dict[str, Any]], organisations: dict[str, Organisation]
) -> dict[str, tuple[Place, str]]:
    """The places by key, each with the words on which door it is."""
    places = {}
    for key, entry in entries.items():
        organisation = organisations[entry.pop("org")]
        door, keyholder = entry.pop("door"), entry.pop("keyholder")
        place = Place.objects.create(
            organisation=organisation, country=organisation.country, **entry
        )
        PlaceAccess.objects.create(place=place, keyholder=keyholder, door_code="2468")
        places[key] = (place, door)
    return places
