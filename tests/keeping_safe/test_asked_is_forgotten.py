"""What visitors asked is not kept for ever, and their addresses least of all."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from directory import tasks
from directory.models import Correction, Group, Question

pytestmark = pytest.mark.django_db


def days_ago(days: int):
    return timezone.now() - timedelta(days=days)


def asked(group: Group, days: int, **fields: object) -> Question:
    fields = {"address": "planted@example.org", **fields}
    return Question.objects.create(group=group, text="x", asked_at=days_ago(days), **fields)


def told(group: Group, days: int, **fields: object) -> Correction:
    fields = {"address": "planted@example.org", **fields}
    return Correction.objects.create(group=group, about="time", told_at=days_ago(days), **fields)


def test_a_question_that_nobody_answered_goes_after_90_days(group: Group) -> None:
    asked(group, 91)
    young = asked(group, 89)
    tasks.forget_what_is_over(0)
    assert list(Question.objects.all()) == [young]


def test_an_answered_one_goes_after_30(group: Group) -> None:
    asked(group, 40, address="", answer="Yes.", answered_at=days_ago(31))
    young = asked(group, 80, address="", answer="Yes.", answered_at=days_ago(29))
    tasks.forget_what_is_over(0)
    assert list(Question.objects.all()) == [young]


def test_the_address_of_an_open_correction_goes_after_90_days(group: Group) -> None:
    old, young = told(group, 91), told(group, 89)
    tasks.forget_what_is_over(0)
    addresses = dict(Correction.objects.values_list("pk", "address"))
    assert addresses == {old.pk: "", young.pk: "planted@example.org"}


def test_one_that_was_dealt_with_goes_after_90_days(group: Group) -> None:
    told(group, 200, address="", settled_at=days_ago(91))
    young = told(group, 200, address="", settled_at=days_ago(89))
    tasks.forget_what_is_over(0)
    assert list(Correction.objects.all()) == [young]


def test_no_address_outlives_90_days_in_any_state(group: Group) -> None:
    for days in (1, 30, 91, 400):
        asked(group, days)
        told(group, days)
    tasks.forget_what_is_over(0)
    for rows, moment in ((Question.objects, "asked_at"), (Correction.objects, "told_at")):
        old = rows.filter(**{f"{moment}__lt": days_ago(90)})
        assert not old.exclude(address="").exists()
