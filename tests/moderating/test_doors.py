"""The five questions, asked of every view: works, stranger, too small a role, bad id, method."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from directory.models import CrisisLine, Facilitator, Group, Invitation
from tests import factories
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db

READ, FORM, POST = {"get"}, {"get", "post"}, {"post"}
OF_A_GROUP = [
    ("moderated_group", READ),
    ("edit_group", FORM),
    ("preview_group", READ),
    ("publish_group", POST),
    ("unpublish_group", POST),
    ("confirm_group", POST),
    ("invite_facilitator", FORM),
]
OF_AN_ORGANISATION = [
    ("create_group", FORM),
    ("edit_organisation", FORM),
    ("moderated_places", READ),
]
OF_THE_SITE = [
    ("edit_site", FORM, None),
    ("crisis_lines", READ, None),
    ("add_crisis_line", FORM, None),
    ("edit_crisis_line", FORM, "line"),
    ("review_crisis_line", POST, "line"),
    ("remove_crisis_line", FORM, "line"),
    ("everyday_words", READ, None),
    ("missing_groups", FORM, None),
]


def ask(client: Client, address: str, methods: set[str]) -> int:
    """The status of the gentlest method that the view knows."""
    method = client.get if "get" in methods else client.post
    return method(address).status_code


def wrong(client: Client, address: str, methods: set[str]) -> int:
    """The status of a method that the view does not know."""
    if methods == READ:
        return client.post(address).status_code
    return (client.get if methods == POST else client.put)(address).status_code


def check(
    address: str, methods: set[str], *, mo: Person, strangers: list[Person], small: list[Person]
) -> None:
    """Everybody but the moderator is turned away first, since a POST may change something."""
    anonymous = Client().get(address) if "get" in methods else Client().post(address)
    assert anonymous.status_code == 302
    assert anonymous["Location"].startswith(reverse("account_login"))
    for person in strangers:
        assert ask(signed_in(person), address, methods) == 404, person
    for person in small:
        assert ask(signed_in(person), address, methods) == 403, person
    assert wrong(signed_in(mo), address, methods) == 405
    assert ask(signed_in(mo), address, methods) in {200, 302}


@pytest.mark.parametrize(("name", "methods"), OF_A_GROUP)
def test_a_group(
    name: str, methods: set[str], group: Group, mo: Any, ada: Any, ben: Any, fay: Any, pat: Any
) -> None:
    address = reverse(name, args=[group.pk])
    check(address, methods, mo=mo, strangers=[ada, pat], small=[ben, fay])
    assert ask(signed_in(mo), reverse(name, args=[uuid4()]), methods) == 404


@pytest.mark.parametrize(("name", "methods"), OF_A_GROUP)
def test_a_draft_is_unknown_to_people_in_other_groups(
    name: str, methods: set[str], draft: Group, ben: Person, fay: Person
) -> None:
    address = reverse(name, args=[draft.pk])
    assert [ask(signed_in(person), address, methods) for person in (ben, fay)] == [404, 404]


@pytest.mark.parametrize(("name", "methods"), OF_AN_ORGANISATION)
def test_an_organisation(
    name: str, methods: set[str], group: Group, mo: Any, ada: Any, ben: Any, fay: Any, pat: Any
) -> None:
    address = reverse(name, args=[group.organisation.slug])
    check(address, methods, mo=mo, strangers=[ada, pat], small=[ben, fay])
    assert ask(signed_in(mo), reverse(name, args=["nowhere"]), methods) == 404


def test_a_place(group: Group, mo: Any, ada: Any, ben: Any, fay: Any, pat: Any) -> None:
    address = reverse("edit_place", args=[group.place.pk])
    check(address, FORM, mo=mo, strangers=[ada, pat], small=[ben, fay])
    assert ask(signed_in(mo), reverse("edit_place", args=[uuid4()]), FORM) == 404


def test_a_facilitator(
    fays_part: Facilitator, fay: Any, mo: Any, ada: Any, ben: Any, pat: Any
) -> None:
    address = reverse("end_facilitator", args=[fays_part.pk])
    check(address, FORM, mo=mo, strangers=[ada, pat], small=[ben, fay])
    assert ask(signed_in(mo), reverse("end_facilitator", args=[uuid4()]), FORM) == 404


@pytest.mark.parametrize("name", ["send_invitation_again", "withdraw_invitation"])
def test_an_invitation(
    name: str, invitation: Invitation, mo: Any, ada: Any, pat: Any, gil: Any
) -> None:
    factories.make_facilitator(invitation.group, gil)
    address = reverse(name, args=[invitation.pk])
    check(address, POST, mo=mo, strangers=[ada, pat], small=[gil])
    assert ask(signed_in(mo), reverse(name, args=[uuid4()]), POST) == 404


@pytest.mark.parametrize(("name", "methods", "about"), OF_THE_SITE)
def test_the_site(
    name: str,
    methods: set[str],
    about: str | None,
    line: CrisisLine,
    site_runner: Any,
    ada: Any,
    fay: Any,
    pat: Any,
) -> None:
    number = [line.pk] if about else []
    check(reverse(name, args=number), methods, mo=site_runner, strangers=[ada, fay], small=[pat])
    if about:
        assert ask(signed_in(site_runner), reverse(name, args=[987_654]), methods) == 404


def test_an_administrator_looks_after_the_site_too(line: CrisisLine) -> None:
    client = signed_in(factories.make_person(is_staff=True))
    for name, methods, about in OF_THE_SITE:
        assert ask(client, reverse(name, args=[line.pk] if about else []), methods) < 400


def test_the_list(mo: Any, ada: Any, ben: Any, fay: Any) -> None:
    check(reverse("moderated_groups"), READ, mo=mo, strangers=[ada], small=[ben, fay])


def test_somebody_who_no_longer_moderates_is_out_at_once(group: Group, mo: Person) -> None:
    client = signed_in(mo)
    address = reverse("edit_group", args=[group.pk])
    assert client.get(address).status_code == 200
    mo.moderations.update(ended_at="2026-01-01T00:00Z")
    assert client.get(address).status_code == 404


def test_the_words_of_a_topic(topic: Any, site_runner: Any, ada: Any, fay: Any, pat: Any) -> None:
    address = reverse("words_of_topic", args=[topic.slug])
    check(address, FORM, mo=site_runner, strangers=[ada, fay], small=[pat])
    assert ask(signed_in(site_runner), reverse("words_of_topic", args=["nowhere"]), FORM) == 404
