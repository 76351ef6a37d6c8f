"""The demo is built through the actions, and has something of everything to look at."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db.models import Count, F
from django.utils import timezone

from accounts.choices import MailState
from accounts.models import OutgoingMail, Person
from directory import demo
from directory.choices import MembershipState, SeatState
from directory.demo.people import address_of
from directory.models import (
    Correction,
    Cover,
    Group,
    Meeting,
    Membership,
    OnlineRoom,
    Organisation,
    Question,
    Seat,
)
from directory.rules.asking import may_answer

pytestmark = pytest.mark.django_db
# Built once: it takes seconds. So this is one test of several questions, in one transaction.


def states_of_dates() -> dict[str, int]:
    now = timezone.now()
    dates = Meeting.objects.all()
    return {
        "past": dates.filter(ends_at__lt=now).count(),
        "coming": dates.filter(starts_at__gt=now).going_ahead().count(),
        "cancelled": dates.exclude(status="scheduled").count(),
        "moved": dates.exclude(starts_at=F("original_start")).count(),
        "single": dates.filter(series=None).count(),
    }


def test_the_demo_has_something_of_everything() -> None:
    call_command("setup_site", verbosity=0)
    assert not demo.is_built()
    demo.build(lambda words: None)

    assert demo.is_built()
    assert Organisation.objects.values("country").distinct().count() == 3
    assert Organisation.objects.values("time_zone").distinct().count() == 3
    groups = Group.objects.annotate(number_of_topics=Count("topics"))
    assert groups.count() >= 60
    assert groups.filter(number_of_topics=0).count() == 0
    assert Group.topics.through.objects.values("topic").distinct().count() >= 12
    assert [state for state, number in states_of_dates().items() if number == 0] == []
    assert Membership.objects.filter(state=MembershipState.WAITING).exists()
    for state in (SeatState.CONFIRMED, SeatState.WAITING, SeatState.GIVEN_BACK):
        assert Seat.objects.filter(state=state).exists()
    assert Seat.objects.confirmed().filter(membership=None).exists()
    assert set(Cover.objects.values_list("state", flat=True)) == {"asked", "offered"}
    online = Group.objects.exclude(format="in-person")
    assert OnlineRoom.objects.count() == online.count()
    for address in demo.people_to_sign_in().values():
        assert Person.objects.filter(email=address).exists()
    # One of each waits for the facilitator and the moderator whom the screen names.
    for open_rows in (Question.objects.open(), Correction.objects.open()):
        (waiting,) = open_rows
        assert may_answer(waiting.group, Person.objects.get(email=address_of("fay")))
        assert may_answer(waiting.group, Person.objects.get(email=address_of("mo")))
    assert Question.objects.exclude(answered_at=None).get().answer
    owed = OutgoingMail.objects.filter(state=MailState.WAITING)
    of_today = ["meeting_cancelled", "meeting_moved", "request_received"]
    of_today += ["question_received", "correction_received", "cover_asked", "cover_offered"]
    assert not owed.exclude(kind__in=of_today).exists()
    for group in Group.objects.filter(place__shown="area").select_related("place"):
        told = f"{group.summary} {group.description} {group.what_to_expect}".lower()
        _number, street = group.place.address.lower().split(" ", 1)
        assert street not in told
