"""Who asked to hear of room in a full group hears of it, once."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from accounts.models import OutgoingMail, Person
from directory.actions.groups import update_group
from directory.actions.memberships import join_group, leave_group, remove_member
from directory.actions.room_watches import ask_to_be_told, forget_told, stop_being_told, wish_again
from directory.actions.seats import give_back_seat, take_seat
from directory.choices import AgreementKind, MembershipState
from directory.models import Consent, Group, Membership, RoomWatch
from directory.refusals import Refused
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(group: Group, ben: Person) -> Group:
    """Ben has the only place."""
    Group.everything.filter(pk=group.pk).update(capacity=1)
    return Group.everything.get(pk=group.pk)


def ask(group: Group, person: Person) -> RoomWatch:
    version = factories.current_agreement(AgreementKind.MEMBERSHIP)
    return ask_to_be_told(group=group, by=person, consented_version=version)


def refusal(group: Group, person: Person) -> str:
    with pytest.raises(Refused) as caught:
        ask(group, person)
    return caught.value.refusal.code


def told() -> list[Person]:
    return [mail.person for mail in OutgoingMail.objects.filter(kind="room_again")]


def test_who_asked_is_told_once_when_somebody_leaves(
    full: Group, ada: Person, bens_membership: Membership
) -> None:
    watch = ask(full, ada)
    assert ask(full, ada) == watch
    leave_group(membership=bens_membership, by=bens_membership.person)
    assert told() == [ada]
    update_group(group=full, by=None, capacity=5)
    assert told() == [ada]


def test_they_hear_of_it_the_next_morning_whatever_the_minute_was(
    full: Group, ada: Person, bens_membership: Membership
) -> None:
    ask(full, ada)
    left_at = timezone.now()
    leave_group(membership=bens_membership, by=bens_membership.person)
    send_after = OutgoingMail.objects.get(kind="room_again").send_after
    there = send_after.astimezone(ZoneInfo(full.time_zone))
    assert (there.hour, there.minute, there.second) == (8, 0, 0)
    assert left_at < send_after < left_at + timedelta(hours=33)


def test_who_was_not_told_since_the_room_was_gone_by_the_morning_goes_on_waiting(
    full: Group, ada: Person, bens_membership: Membership
) -> None:
    watch = ask(full, ada)
    leave_group(membership=bens_membership, by=bens_membership.person)
    assert wish_again() == 0
    mails = OutgoingMail.objects.filter(kind="room_again")
    mails.update(state="dropped", finished_at=timezone.now())
    assert wish_again() == 1
    watch.refresh_from_db()
    assert watch.told_at is None


def test_or_when_the_group_gets_more_places(full: Group, ada: Person) -> None:
    ask(full, ada)
    update_group(group=full, by=None, capacity=2)
    assert told() == [ada]


def test_those_who_wait_come_first(full: Group, ada: Person, bens_membership: Membership) -> None:
    factories.make_membership(full, factories.make_person(), MembershipState.WAITING)
    ask(full, ada)
    leave_group(membership=bens_membership, by=bens_membership.person)
    assert told() == []


def test_it_can_be_asked_again(full: Group, ada: Person, fay: Person, ben: Person) -> None:
    ask(full, ada)
    remove_member(membership=Membership.objects.get(person=ben), by=fay, reason="")
    factories.make_membership(full, factories.make_person())
    ask(full, ada)
    update_group(group=full, by=None, capacity=2)
    assert told() == [ada, ada]


def test_a_place_for_somebody_new_at_a_date_is_room_as_well(
    full: Group, ada: Person, ben: Person
) -> None:
    meeting = factories.make_meeting(full, capacity=1)
    take_seat(meeting=meeting, by=ben)
    ask(full, ada)
    give_back_seat(meeting=meeting, by=ben)
    assert told() == [ada]


def test_not_where_one_has_to_join(full: Group, ada: Person, ben: Person) -> None:
    Group.everything.update(allows_single_dates=False)
    meeting = factories.make_meeting(full, capacity=1)
    take_seat(meeting=meeting, by=ben)
    ask(full, ada)
    give_back_seat(meeting=meeting, by=ben)
    assert told() == []


def test_without_consent_nothing_is_kept_and_nobody_told(full: Group, ada: Person) -> None:
    with pytest.raises(Refused) as caught:
        ask_to_be_told(group=full, by=ada)
    assert caught.value.refusal.code == "consent-missing"
    ask(full, ada)
    Consent.objects.filter(person=ada).update(withdrawn_at="2026-01-01T00:00Z")
    update_group(group=full, by=None, capacity=2)
    assert told() == []


def test_who_stops_is_not_told_and_takes_consent_back(full: Group, ada: Person) -> None:
    ask(full, ada)
    for _time in range(2):
        stop_being_told(group=full, by=ada)
    assert not RoomWatch.objects.exists()
    assert not Consent.objects.standing().filter(person=ada).exists()
    update_group(group=full, by=None, capacity=2)
    assert told() == []


def test_who_joins_the_queue_is_told_of_their_own_place_instead(full: Group, ada: Person) -> None:
    ask(full, ada)
    terms = {
        "accepted_version": factories.current_agreement(),
        "consented_version": factories.current_agreement(AgreementKind.MEMBERSHIP),
    }
    assert join_group(group=full, by=ada, **terms).is_waiting
    assert not RoomWatch.objects.exists()


def test_not_where_there_is_room(full: Group, ada: Person) -> None:
    Group.everything.update(capacity=2)
    assert refusal(full, ada) == "has-room"


@pytest.mark.parametrize(
    ("state", "code"),
    [("active", "already-in"), ("waiting", "already-waiting"), ("removed", "removed")],
)
def test_not_for_those_who_are_in_or_may_not_be(
    full: Group, ada: Person, state: str, code: str
) -> None:
    factories.make_membership(full, ada, MembershipState(state))
    assert refusal(full, ada) == code


def test_what_was_told_is_forgotten_after_a_while(full: Group, ada: Person) -> None:
    ask(full, ada)
    update_group(group=full, by=None, capacity=2)
    assert forget_told() == 0
    RoomWatch.objects.update(told_at="2026-01-01T00:00Z")
    assert forget_told() == 1
    assert not RoomWatch.objects.exists()
    assert not Consent.objects.standing().filter(person=ada).exists()
