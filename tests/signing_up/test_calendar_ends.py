"""Before the address of somebody's own calendar ends they are told, once, in neutral words."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

import pytest
import time_machine
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import OutgoingMail, Person
from directory.actions.calendars import (
    delete_private_calendar,
    renew_private_calendar,
    tell_of_ending_calendars,
)
from directory.emails.rendering import render
from directory.models import Group, PrivateCalendar
from directory.queries.private_calendar import about_ending

pytestmark = pytest.mark.django_db


def ending_in(person: Person, **span: float) -> PrivateCalendar:
    renew_private_calendar(by=person)
    PrivateCalendar.objects.filter(person=person).update(
        expires_at=timezone.now() + timedelta(**span)
    )
    return PrivateCalendar.objects.get(person=person)


@pytest.mark.parametrize(
    ("span", "told"),
    [({"days": 15}, 0), ({"days": 13}, 1), ({"hours": 1}, 1), ({"hours": -1}, 0)],
)
def test_two_weeks_before_and_not_after(ada: Person, span: dict[str, int], told: int) -> None:
    calendar = ending_in(ada, **span)
    assert tell_of_ending_calendars() == told
    mails = OutgoingMail.objects.filter(person=ada, kind="calendar_ends")
    assert [mail.about for mail in mails] == [about_ending(calendar)] * told


def test_once_however_often_the_job_runs(ada: Person) -> None:
    ending_in(ada, days=13)
    assert [tell_of_ending_calendars() for _run in range(3)] == [1, 0, 0]
    with time_machine.travel(timezone.now() + timedelta(days=5)):
        assert tell_of_ending_calendars() == 0


def test_a_year_later_again(ada: Person) -> None:
    ending_in(ada, days=13)
    tell_of_ending_calendars()
    with time_machine.travel(timezone.now() + timedelta(days=5)):
        renew_private_calendar(by=ada)
        assert tell_of_ending_calendars() == 0
    with time_machine.travel(timezone.now() + timedelta(days=5 + 365 - 10)):
        assert tell_of_ending_calendars() == 1


def test_the_words_are_neutral_and_lead_to_the_page(group: Group, ben: Person) -> None:
    ending_in(ben, days=13)
    tell_of_ending_calendars()
    message = cast(EmailMultiAlternatives, render(OutgoingMail.objects.get(kind="calendar_ends")))
    assert message.subject == "You have an update"
    assert reverse("my_calendar") in message.body
    html = str(message.alternatives[0].content)
    assert reverse("my_calendar") in html
    for text in (message.body, html):
        assert group.name not in text
        assert ben.display_name not in text
        assert "stands still after" in text


@pytest.mark.parametrize("change", [renew_private_calendar, delete_private_calendar])
def test_none_is_sent_once_it_is_another_address_or_none(ada: Person, change) -> None:
    ending_in(ada, days=13)
    tell_of_ending_calendars()
    change(by=ada)
    assert render(OutgoingMail.objects.get(kind="calendar_ends")) is None


def test_none_is_sent_after_its_end_or_to_who_takes_no_mail(ada: Person) -> None:
    ending_in(ada, days=13)
    tell_of_ending_calendars()
    mail = OutgoingMail.objects.get(kind="calendar_ends")
    with time_machine.travel(timezone.now() + timedelta(days=14)):
        assert render(mail) is None
    ada.is_safe_to_email = False
    ada.save()
    assert render(OutgoingMail.objects.get(pk=mail.pk)) is None


def test_the_page_has_the_button_first_then(ada: Person, as_ada: Client) -> None:
    ending_in(ada, days=13)
    page = as_ada.get(reverse("my_calendar")).content.decode()
    assert "Its address ends soon" in page
    assert "Make a new address" in page
    ending_in(ada, days=20)
    assert "Its address ends soon" not in as_ada.get(reverse("my_calendar")).content.decode()
