"""Days left out and met on again as a browser sends them: with every field that the page has."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from directory.actions.series import skip_days
from directory.models import Group, Series
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def series(group: Group) -> Series:
    """Every day, so that each day asked about is one of its own."""
    return factories.make_series(group, rule="FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU")


def hidden(page: str) -> dict[str, str]:
    fields = re.findall(r'<input type="hidden"[^>]*>', page.partition("<main")[2])
    named = [(re.search(r'name="([^"]+)"', f), re.search(r'value="([^"]*)"', f)) for f in fields]
    return {name[1]: value[1] if value else "" for name, value in named if name}


def send(client: Client, address: str, **typed: str) -> str:
    """Fill in the page, press, confirm; returns the page that follows."""
    first = client.get(address).content.decode()
    second = client.post(address, hidden(first) | typed).content.decode()
    given = hidden(second) | {"reason": "A break.", "confirmed": "yes"}
    return client.post(address, given, follow=True).content.decode()


def test_days_are_left_out(as_fay: Client, series: Series) -> None:
    day = timezone.localdate() + timedelta(days=9)
    address = reverse("skip_days", args=[series.pk])
    assert "These days are left out." in send(as_fay, address, first_on=day.isoformat())


def test_and_met_on_again(as_fay: Client, fay: Person, series: Series) -> None:
    day = timezone.localdate() + timedelta(days=9)
    skip_days(series=series, by=fay, first_on=day, last_on=day, reason="A break.")
    address = reverse("unskip_days", args=[series.pk])
    span = as_fay.get(address).context["form"]["span"].field.choices[0][0]
    assert "The group meets on these days again." in send(as_fay, address, span=str(span))
