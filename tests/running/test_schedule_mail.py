"""The mail about a change of several dates says, when it is sent, what is still so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import OutgoingMail, Person
from directory.actions.changes import begin, finish, undo_change
from directory.choices import ChangeKind, MembershipState
from directory.emails import render
from directory.models import Group, Meeting, Membership, ScheduleChange, Seat
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def dates(group: Group) -> list[Meeting]:
    start = (timezone.now() + timedelta(days=7)).replace(hour=12, minute=0)
    return [factories.make_meeting(group, start + timedelta(weeks=week)) for week in range(3)]


def leave_out(group: Group, by: Person, dates: list[Meeting]) -> ScheduleChange:
    change = begin(
        group=group, by=by, kind=ChangeKind.SKIPPED, meetings=dates, reason="The hall is closed."
    )
    Meeting.everything.update(status="cancelled", reason="The hall is closed.", version=2)
    return finish(change)


@pytest.fixture
def change(group: Group, ben: Person, fay: Person, dates: list[Meeting]) -> ScheduleChange:
    return leave_out(group, fay, dates)


def body() -> str:
    message = render(OutgoingMail.objects.get())
    return message.body if message else ""


def test_one_mail_tells_of_all(change: ScheduleChange) -> None:
    assert body().count("- Cancelled: ") == 3
    assert "http://localhost:8000/me/\n" in body()


def test_not_once_it_was_undone(change: ScheduleChange, fay: Person) -> None:
    undo_change(change=change, by=fay)
    OutgoingMail.objects.update(state="waiting", finished_at=None)
    assert body() == ""


def test_of_dates_that_changed_again_it_says_nothing(
    change: ScheduleChange, dates: list[Meeting]
) -> None:
    Meeting.everything.filter(pk=dates[0].pk).update(status="scheduled")
    assert body().count("- Cancelled: ") == 2


def test_of_one_date_it_says_the_weekday(
    group: Group, ben: Person, fay: Person, dates: list[Meeting]
) -> None:
    leave_out(group, fay, dates)
    Meeting.everything.exclude(pk=dates[0].pk).delete()
    message = render(OutgoingMail.objects.get())
    assert message.subject == f"Change to {dates[0].starts_at:%A}"


def test_not_of_dates_that_are_over(change: ScheduleChange, dates: list[Meeting]) -> None:
    past = timezone.now() - timedelta(days=1)
    for rows in (change.before["meetings"], change.before["after"]["meetings"]):
        for row in rows:
            row["starts_at"] = (past - timedelta(hours=1)).isoformat()
            row["ends_at"] = past.isoformat()
    change.save()
    Meeting.everything.update(starts_at=past - timedelta(hours=1), ends_at=past)
    assert body() == ""


def test_not_to_who_has_left(change: ScheduleChange, bens_membership: Membership) -> None:
    bens_membership.state, bens_membership.ended_at = MembershipState.LEFT, timezone.now()
    bens_membership.save()
    assert body() == ""


def test_not_without_consent(change: ScheduleChange, bens_membership: Membership) -> None:
    bens_membership.consent.withdrawn_at = timezone.now()
    bens_membership.consent.save()
    assert body() == ""


def test_who_takes_one_date_alone_reads_of_that_one(
    group: Group, fay: Person, ada: Person, dates: list[Meeting]
) -> None:
    seat = factories.make_seat(
        dates[1],
        ada,
        consent=factories.make_consent(ada, group),
        acceptance=factories.make_acceptance(ada),
    )
    leave_out(group, fay, dates)
    assert body().count("- Cancelled: ") == 1
    assert f"/me/meetings/{dates[1].pk}/" in body()
    Seat.objects.filter(pk=seat.pk).update(state="given-back")
    assert body() == ""


def test_a_facilitator_is_led_to_the_group(
    group: Group, mo: Person, fay: Person, dates: list[Meeting]
) -> None:
    leave_out(group, mo, dates)
    assert f"/facilitate/groups/{group.pk}/" in body()


def test_times_are_told_in_the_groups_zone_and_in_ones_own(
    group: Group, ben: Person, fay: Person, dates: list[Meeting]
) -> None:
    ben.time_zone = "Asia/Tokyo"
    ben.save()
    leave_out(group, fay, dates)
    assert "London time" in body()
    assert "Tokyo time" in body()


def test_a_date_that_is_new_and_one_that_is_on_again(
    group: Group, ben: Person, fay: Person, dates: list[Meeting]
) -> None:
    Meeting.everything.filter(pk=dates[0].pk).update(status="cancelled", reason="Ill.")
    change = begin(group=group, by=fay, kind=ChangeKind.REARRANGED, meetings=dates)
    Meeting.everything.filter(pk=dates[0].pk).update(status="scheduled", reason="")
    made = factories.make_meeting(group, dates[2].starts_at + timedelta(days=2))
    finish(change, made=[made])
    assert "- Takes place after all: " in body()
    assert "- New: " in body()
