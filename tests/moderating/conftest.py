from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import Person
from directory.models import CrisisLine, Facilitator, Group, Invitation, Organisation, Topic
from tests import factories
from tests.conftest import signed_in


@pytest.fixture
def pat(other_group: Group) -> Person:
    """Moderates another organisation."""
    person = factories.make_person("Pat")
    factories.make_moderator(other_group.organisation, person)
    return person


@pytest.fixture
def as_pat(pat: Person) -> Client:
    return signed_in(pat)


@pytest.fixture
def site_runner(organisation: Organisation, mo: Person) -> Person:
    """Mo, whose organisation runs the site."""
    Organisation.objects.filter(pk=organisation.pk).update(runs_site=True)
    return mo


@pytest.fixture
def topic(db: None) -> Topic:
    return factories.make_topic(name="Bereavement", slug="bereavement")


@pytest.fixture
def draft(organisation: Organisation, topic: Topic) -> Group:
    """All that visitors need is there; nobody published it yet."""
    return factories.make_group(
        organisation=organisation,
        topics=[topic],
        name="Loss of a partner",
        slug="loss-of-a-partner",
        status="draft",
        summary="Tea and talk.",
        languages=["en"],
    )


@pytest.fixture
def fays_part(fay: Person) -> Facilitator:
    return Facilitator.objects.get(person=fay)


@pytest.fixture
def invitation(draft: Group, mo: Person) -> Invitation:
    return make_invitation(draft, mo)


@pytest.fixture
def line(db: None) -> CrisisLine:
    return factories.make_crisis_line()


def make_invitation(group: Group, by: Person, email: str = "fay@example.org") -> Invitation:
    from directory.actions.invitations import invite_facilitator

    return invite_facilitator(group=group, by=by, email=email)


def typed(response: Any, **changes: Any) -> dict[str, Any]:
    """What a browser would send of the page's form, with some fields filled in otherwise."""
    form = response.context["form"]
    values: dict[str, Any] = {}
    for field in form:
        value = field.value()
        if value is None or value is False:
            continue
        if isinstance(value, list):
            values[field.html_name] = [getattr(one, "pk", one) for one in value]
        else:
            values[field.html_name] = "on" if value is True else value
    values |= changes
    return {name: value for name, value in values.items() if value is not None}
