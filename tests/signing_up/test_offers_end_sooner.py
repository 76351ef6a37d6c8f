"""A date moves nearer: whoever has an offer reads until when it is held now."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import OutgoingMail, Person
from directory.actions.changes import undo_change
from directory.actions.meetings import move_meeting
from directory.actions.seats import accept_offer, offer_free_places
from directory.choices import SeatState
from directory.emails import render
from directory.models import Group, Meeting, ScheduleChange, Seat
from directory.refusals import Refused
from directory.text.spoken_times import spoken_span
from tests import factories

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def seat(group: Group, ben: Person, fay: Person) -> Seat:
    """Ben is offered a place in three days, until in twelve hours, and has read so."""
    start = (timezone.now() + 72 * HOUR).replace(second=0, microsecond=0)
    meeting = factories.make_meeting(group, start, capacity=1)
    seat = factories.make_seat(meeting, ben, SeatState.WAITING)
    offer_free_places(meeting=meeting)
    OutgoingMail.objects.update(state="sent", finished_at=timezone.now(), attempts=1)
    seat.refresh_from_db()
    return seat


@pytest.fixture
def sooner(seat: Seat, fay: Person) -> datetime:
    start = (timezone.now() + 8 * HOUR).replace(second=0, microsecond=0)
    move_meeting(meeting=seat.meeting, by=fay, starts_at=start)
    return start


def offers() -> list[OutgoingMail]:
    mails = OutgoingMail.objects.filter(kind="seat_offered").exclude(state="dropped")
    return list(mails.order_by("version"))


def test_another_mail_names_the_new_end(seat: Seat, sooner: datetime) -> None:
    _first, second = offers()
    assert second.send_after == ScheduleChange.objects.get().tells_at
    assert spoken_span(sooner - 2 * HOUR, None, "Europe/London") in render(second).body


def test_the_one_that_has_yet_to_go_says_it_itself(seat: Seat, fay: Person) -> None:
    OutgoingMail.objects.update(state="waiting", finished_at=None)
    start = (timezone.now() + 8 * HOUR).replace(second=0, microsecond=0)
    move_meeting(meeting=seat.meeting, by=fay, starts_at=start)
    (mail,) = offers()
    assert spoken_span(start - 2 * HOUR, None, "Europe/London") in render(mail).body


def test_a_move_that_leaves_the_end_alone_is_no_reason(seat: Seat, fay: Person) -> None:
    move_meeting(meeting=seat.meeting, by=fay, starts_at=seat.meeting.starts_at - 24 * HOUR)
    assert len(offers()) == 1


def test_undone_the_offer_stands_as_it_was_told(seat: Seat, sooner: datetime, fay: Person) -> None:
    undo_change(change=ScheduleChange.objects.get(), by=fay)
    assert Seat.objects.get().offer_expires_at == seat.offer_expires_at
    assert len(offers()) == 1


def test_after_the_new_end_there_is_a_kind_sentence(
    seat: Seat, sooner: datetime, ben: Person
) -> None:
    late = time_machine.travel(sooner - HOUR, tick=False)
    with late, pytest.raises(Refused, match="offer-over") as refused:
        accept_offer(meeting=Meeting.everything.get(), by=ben)
    assert "sooner than an e-mail said" in str(refused.value.refusal)
