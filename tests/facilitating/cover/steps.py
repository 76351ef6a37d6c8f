"""What the tests of cover do again and again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import OutgoingMail, Person
from directory.actions.cover import ask_for_cover, offer_cover
from directory.emails import render
from directory.models import Cover, Facilitator, Group, Meeting
from directory.refusals import Refused
from tests import factories

START = datetime(2030, 6, 4, 18, 0, tzinfo=UTC)
TWO_DAYS = timedelta(hours=48)


def another(group: Group, name: str, *, group_name: str = "", **fields: Any) -> Person:
    """Return who runs another group of the same organisation."""
    person = factories.make_person(name, **fields)
    named = {"name": group_name} if group_name else {}
    own = factories.make_group(organisation=group.organisation, **named)
    factories.make_facilitator(own, person, first_name=name)
    return person


def stand_in(meeting: Meeting, by: Person, person: Person) -> Cover:
    """Let somebody be asked by name, and say yes."""
    ask_for_cover(meeting=meeting, by=by, person=person)
    return offer_cover(cover=Cover.objects.get(meeting=meeting, person=person), by=person)


def end(person: Person) -> None:
    """Let somebody run no group any more."""
    Facilitator.objects.filter(person=person).update(ended_at=timezone.now())


def cover_of(person: Person) -> Cover:
    return Cover.objects.get(person=person)


def states() -> dict[str, str]:
    return dict(Cover.objects.values_list("person__display_name", "state"))


def owed(kind: str) -> list[str]:
    """To whom mails were promised, whether or not they would still go."""
    rows = OutgoingMail.objects.filter(kind=kind).order_by("person__display_name", "version")
    return [mail.person.display_name for mail in rows if mail.person]


def still_owed(kind: str) -> list[str]:
    """To whom the mails would really go now."""
    rows = OutgoingMail.objects.filter(kind=kind).order_by("person__display_name", "version")
    return [mail.person.display_name for mail in rows if mail.person and render(mail)]


def refused(action: Callable[[], Any]) -> str:
    """Return the code with which an action is refused."""
    with pytest.raises(Refused) as error:
        action()
    return error.value.refusal.code


def page_of(client: Client, name: str, *keys: Any) -> str:
    return client.get(reverse(name, args=keys)).content.decode()


def post(client: Client, name: str, key: Any, **data: Any) -> str:
    """Press a button; returns the page that follows."""
    return client.post(reverse(name, args=[key]), data, follow=True).content.decode()


def state(cover: Cover) -> str:
    cover.refresh_from_db()
    return cover.state
