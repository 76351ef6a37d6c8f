"""Two offers accepted at the same moment, each on a connection of its own: one stands in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import OutgoingMail, Person
from directory.actions.cover import accept_offer, ask_for_cover, escalate_cover, offer_cover
from directory.models import Cover, Group, Meeting
from directory.refusals import Refused
from tests import factories
from tests.facilitating.test_races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty_queue")]


@pytest.fixture
def offers(group: Group, fay: Person) -> list[Cover]:
    """Four people of the organisation would come."""
    meeting = factories.make_meeting(group, timezone.now() + timedelta(days=7))
    for _ in range(4):
        own = factories.make_group(organisation=group.organisation)
        factories.make_facilitator(own, factories.make_person())
    ask_for_cover(meeting=meeting, by=fay)
    covers = list(Cover.objects.select_related("person"))
    return [offer_cover(cover=cover, by=cover.person) for cover in covers]


def answer_of(action: Callable[[], Any]) -> Callable[[], str]:
    def answer() -> str:
        try:
            action()
        except Refused as refused:
            return refused.refusal.code
        return "done"

    return answer


def test_two_offers_accepted_at_once_and_one_wins(offers: list[Cover], fay: Person) -> None:
    def accept(cover: Cover) -> Callable[[], str]:
        return answer_of(lambda: accept_offer(cover=cover, by=fay))

    answers = at_once(*[accept(cover) for cover in offers])
    assert sorted(answers) == ["covered", "covered", "covered", "done"]
    states = sorted(Cover.objects.values_list("state", flat=True))
    assert states == ["accepted", "withdrawn", "withdrawn", "withdrawn"]
    assert OutgoingMail.objects.filter(kind="cover_not_needed").count() == 3


def test_two_who_were_asked_by_name_say_yes_at_once(group: Group, fay: Person) -> None:
    meeting = factories.make_meeting(group, timezone.now() + timedelta(days=7))
    for _ in range(2):
        person = factories.make_person()
        own = factories.make_group(organisation=group.organisation)
        factories.make_facilitator(own, person)
        ask_for_cover(meeting=meeting, by=fay, person=person)

    def say_yes(cover: Cover) -> Callable[[], str]:
        return answer_of(lambda: offer_cover(cover=cover, by=cover.person))

    covers = Cover.objects.select_related("person")
    assert sorted(at_once(*[say_yes(cover) for cover in covers])) == ["done", "no-longer"]
    assert Cover.objects.accepted().count() == 1


def test_two_workers_settle_a_date_once(offers: list[Cover]) -> None:
    now = Meeting.everything.get().starts_at - timedelta(hours=48)
    settled = at_once(*[lambda: escalate_cover(now=now)] * 3)
    assert sum(settled) == 1
    assert Cover.objects.accepted().get() == offers[0]
