"""Addresses and traces of signing in do not stay for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from accounts.choices import MailState
from accounts.models import OutgoingMail, Person
from accounts.retention import forget_what_is_over

pytestmark = pytest.mark.django_db


def make_mail(days_ago: int, **fields: object) -> OutgoingMail:
    finished_at = timezone.now() - timedelta(days=days_ago)
    values = {"kind": "code", "state": MailState.SENT, "finished_at": finished_at}
    return OutgoingMail.objects.create(about=f"mail:{days_ago}", **values | fields)


def test_an_address_goes_after_a_day() -> None:
    make_mail(2, address="planted@example.org")
    young = make_mail(0, address="planted@example.org")

    forget_what_is_over()

    assert list(OutgoingMail.objects.all()) == [young]


def test_a_persons_mail_goes_after_a_month(ada: Person) -> None:
    make_mail(31, person=ada)
    young = make_mail(29, person=ada)

    forget_what_is_over()

    assert list(OutgoingMail.objects.all()) == [young]


def test_mail_that_waits_stays_however_old() -> None:
    mail = OutgoingMail.objects.create(kind="code", about="mail:1", address="b@example.org")
    OutgoingMail.objects.update(created_at=timezone.now() - timedelta(days=90))

    forget_what_is_over()

    assert list(OutgoingMail.objects.all()) == [mail]


def make_session(person: Person, *, seconds: int) -> str:
    session = SessionStore()
    session.set_expiry(seconds)
    session.save()
    UserSession.objects.create(
        user=person, session_key=session.session_key, ip="192.0.2.7", user_agent="planted"
    )
    return str(session.session_key)


def test_a_session_that_is_over_goes_with_where_it_came_from(ada: Person) -> None:
    make_session(ada, seconds=-60)
    on = make_session(ada, seconds=60)

    forget_what_is_over()

    assert [kept.session_key for kept in UserSession.objects.all()] == [on]
