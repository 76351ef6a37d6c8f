"""Five people: Ada visits, Ben is a member, Fay his facilitator, Gil facilitates elsewhere,
Mo moderates."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from accounts.models import Person
from directory.models import Group, Membership, Organisation
from tests import factories
from tests.running.worker_process import forget_jobs


@pytest.fixture(autouse=True)
def in_the_default_language() -> Iterator[None]:
    """A page in Arabic leaves its language behind, and the next test's addresses had /ar/."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def empty_queue(transactional_db: None) -> Iterator[None]:
    """No jobs of other tests, and none that are left to them."""
    forget_jobs()
    yield
    forget_jobs()


@pytest.fixture
def organisation(db: None) -> Organisation:
    return factories.make_organisation(name="Harbour Listening", slug="harbour-listening")


@pytest.fixture
def group(organisation: Organisation) -> Group:
    return factories.make_group(
        organisation=organisation, name="Grief on Tuesdays", slug="grief-on-tuesdays"
    )


@pytest.fixture
def other_group(db: None) -> Group:
    return factories.make_group(name="Chronic pain, Leeds", slug="chronic-pain-leeds")


@pytest.fixture
def ada(db: None) -> Person:
    """Signed in, and in no group."""
    return factories.make_person("Ada")


@pytest.fixture
def ben(group: Group) -> Person:
    person = factories.make_person("Ben")
    factories.make_membership(group, person)
    return person


@pytest.fixture
def bens_membership(ben: Person) -> Membership:
    return Membership.objects.get(person=ben)


@pytest.fixture
def fay(group: Group) -> Person:
    person = factories.make_person("Fay")
    factories.make_facilitator(group, person, first_name="Fay", role="lead")
    return person


@pytest.fixture
def gil(other_group: Group) -> Person:
    person = factories.make_person("Gil")
    factories.make_facilitator(other_group, person, first_name="Gil", role="lead")
    return person


@pytest.fixture
def mo(organisation: Organisation) -> Person:
    person = factories.make_person("Mo")
    factories.make_moderator(organisation, person)
    return person


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def as_ada(ada: Person) -> Client:
    return signed_in(ada)


@pytest.fixture
def as_ben(ben: Person) -> Client:
    return signed_in(ben)


@pytest.fixture
def as_fay(fay: Person) -> Client:
    return signed_in(fay)


@pytest.fixture
def as_gil(gil: Person) -> Client:
    return signed_in(gil)


@pytest.fixture
def as_mo(mo: Person) -> Client:
    return signed_in(mo)
