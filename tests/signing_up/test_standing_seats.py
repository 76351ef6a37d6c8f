"""Members have a place at every date, until they drop one, leave, or are away."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Person
from directory.actions.groups import update_group
from directory.actions.meetings import add_meeting, cancel_meeting, restore_meeting
from directory.actions.memberships import (
    answer_request,
    join_group,
    leave_group,
    promote_waiting_members,
)
from directory.actions.seats import (
    give_back_seat,
    seat_everybody,
    seat_members,
    set_away,
    take_seat,
)
from directory.actions.series import generate_meetings
from directory.choices import AgreementKind, MeetingStatus, MembershipState, SeatState
from directory.models import Group, Meeting, Membership, Seat
from directory.refusals import Refused
from tests import factories

pytestmark = pytest.mark.django_db


def join(group: Group, person: Person) -> Membership:
    return join_group(
        group=group,
        by=person,
        accepted_version=factories.current_agreement(),
        consented_version=factories.current_agreement(AgreementKind.MEMBERSHIP),
    )


def dates(group: Group, number: int, **fields: object) -> list[Meeting]:
    now = timezone.now().replace(second=0, microsecond=0)
    return [
        factories.make_meeting(group, now + timedelta(days=7 * week + 1), **fields)
        for week in range(number)
    ]


def states(person: Person, meetings: list[Meeting]) -> list[str]:
    """The person's state at each of these dates; empty where there is no seat."""
    found = dict(Seat.objects.of(person).values_list("meeting", "state"))
    return [found.get(meeting.pk, "") for meeting in meetings]


def test_who_joins_has_a_place_at_every_date_to_come(group: Group, ada: Person) -> None:
    past = factories.make_meeting(group, timezone.now() - timedelta(days=7))
    off = factories.make_meeting(group, status=MeetingStatus.CANCELLED, reason="Snow")
    coming = dates(group, 3)
    membership = join(group, ada)
    assert states(ada, [past, off, *coming]) == ["", "", "confirmed", "confirmed", "confirmed"]
    assert set(Seat.objects.values_list("membership", flat=True)) == {membership.pk}


def test_who_asked_has_places_once_they_are_accepted(ada: Person) -> None:
    group = factories.make_group(joining="ask")
    fay = factories.make_person("Fay")
    factories.make_facilitator(group, fay)
    coming = dates(group, 2)
    membership = join(group, ada)
    assert states(ada, coming) == ["", ""]
    answer_request(membership=membership, by=fay, accept=True)
    assert states(ada, coming) == ["confirmed", "confirmed"]


def test_who_waited_for_a_place_in_the_group_has_them_then(group: Group, ada: Person) -> None:
    Group.everything.update(capacity=1)
    coming = dates(group, 2)
    factories.make_membership(group, ada, MembershipState.WAITING)
    assert promote_waiting_members(group=group) == 1
    assert states(ada, coming) == ["confirmed", "confirmed"]


def test_at_a_group_where_one_just_comes_nobody_has_any(ada: Person) -> None:
    group = factories.make_group(joining="just-come")
    factories.make_membership(group, ada)
    assert seat_members(meetings=dates(group, 2)) == 0


def test_new_dates_have_the_members_places(group: Group, ben: Person, fay: Person) -> None:
    factories.make_series(group)
    generate_meetings()
    made = list(Meeting.everything.filter(group=group).order_by("starts_at"))
    assert len(made) in {11, 12, 13}
    assert set(states(ben, made)) == {"confirmed"}
    start = timezone.now() + timedelta(days=2, hours=5)
    single = add_meeting(group=group, by=fay, starts_at=start, duration_minutes=60)
    assert states(ben, [single]) == ["confirmed"]


def test_any_number_of_dates_costs_as_many_statements_as_one(group: Group, ben: Person) -> None:
    counts = []
    for number in (1, 6):
        made = dates(group, number)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert seat_members(meetings=made) == number
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_groups_without_members_cost_one_question(other_group: Group) -> None:
    made = dates(other_group, 3)
    with CaptureQueriesContext(connection) as asked:
        assert seat_members(meetings=made) == 0
    assert len([it for it in asked if "SAVEPOINT" not in it["sql"]]) == 1


def test_those_who_joined_first_have_the_places_and_the_others_wait_in_order(group: Group) -> None:
    people = [factories.make_person() for _number in range(4)]
    for number, person in enumerate(people):
        factories.make_membership(group, person, joined_at=timezone.now() - timedelta(days=number))
    (meeting,) = dates(group, 1, capacity=2)
    seat_members(meetings=[meeting])
    assert [states(person, [meeting])[0] for person in people] == [
        "waiting", "waiting", "confirmed", "confirmed"
    ]  # fmt: skip
    assert [seat.person for seat in Seat.objects.waiting()] == [people[1], people[0]]


def test_who_joins_a_full_group_of_dates_waits_behind_the_others(
    group: Group, ben: Person, ada: Person
) -> None:
    full, free = dates(group, 2, capacity=1)
    Meeting.everything.filter(pk=free.pk).update(capacity=5)
    factories.make_seat(full, ben)
    join(group, ada)
    assert states(ada, [full, free]) == ["waiting", "confirmed"]


def test_nobody_jumps_the_queue_by_joining(group: Group, ben: Person, ada: Person) -> None:
    (meeting,) = dates(group, 1, capacity=5)
    factories.make_seat(meeting, ben, SeatState.WAITING)
    join(group, ada)
    assert states(ada, [meeting]) == ["waiting"]


def test_a_date_that_one_dropped_is_not_made_again(group: Group, ada: Person) -> None:
    coming = dates(group, 2)
    membership = join(group, ada)
    give_back_seat(meeting=coming[0], by=ada)
    assert seat_members(meetings=coming) == 0
    assert seat_members(membership=membership) == 0
    assert seat_everybody() == 0
    assert states(ada, coming) == ["given-back", "confirmed"]


def test_what_is_missing_is_made_at_night(group: Group, ben: Person) -> None:
    coming = dates(group, 2)
    assert seat_everybody() == 2
    assert states(ben, coming) == ["confirmed", "confirmed"]


def test_leaving_gives_all_back_and_offers_each_date_in_turn(
    group: Group, ada: Person, ben: Person
) -> None:
    coming = dates(group, 2, capacity=1)
    membership = join(group, ada)
    for meeting in coming:
        take_seat(meeting=meeting, by=ben)
    leave_group(membership=membership, by=ada)
    assert states(ada, coming) == ["given-back", "given-back"]
    assert states(ben, coming) == ["offered", "offered"]


def test_who_comes_back_to_the_group_has_places_again(group: Group, ada: Person) -> None:
    coming = dates(group, 2)
    membership = join(group, ada)
    give_back_seat(meeting=coming[0], by=ada)
    leave_group(membership=membership, by=ada)
    again = join(group, ada)
    assert states(ada, coming) == ["given-back", "confirmed"]
    assert Seat.objects.get(meeting=coming[1]).membership == again


def test_a_cancelled_date_that_is_restored_has_those_who_joined_since(
    group: Group, ada: Person, fay: Person
) -> None:
    (meeting,) = dates(group, 1)
    cancel_meeting(meeting=meeting, by=fay, reason="Snow")
    join(group, ada)
    assert states(ada, [meeting]) == [""]
    restore_meeting(meeting=meeting, by=fay)
    assert states(ada, [meeting]) == ["confirmed"]


def test_who_usually_comes_online_has_a_place_there(ada: Person) -> None:
    group = factories.make_group(format="hybrid", meeting_capacity=1, online_capacity=1)
    in_the_room, at_home = factories.make_person(), factories.make_person()
    factories.make_membership(group, in_the_room)
    factories.make_membership(group, at_home, comes_online=True)
    factories.make_membership(group, ada, comes_online=True)
    (meeting,) = dates(group, 1)
    seat_members(meetings=[meeting])
    assert states(in_the_room, [meeting]) == states(at_home, [meeting]) == ["confirmed"]
    assert states(ada, [meeting]) == ["waiting"]
    assert Seat.objects.get(person=at_home).is_online


class TestAway:
    @pytest.fixture
    def group(self) -> Group:
        return factories.make_group(releases_absent=True)

    @pytest.fixture
    def coming(self, group: Group) -> list[Meeting]:
        return dates(group, 3, capacity=1)

    def days(self, meeting: Meeting) -> dict[str, date]:
        local_day = Meeting.everything.get(pk=meeting.pk).local_day
        return {"away_from": local_day, "away_until": local_day}

    def test_the_place_is_offered_to_others(
        self, group: Group, coming: list[Meeting], ada: Person, ben: Person
    ) -> None:
        membership = join(group, ada)
        take_seat(meeting=coming[1], by=ben)
        set_away(membership=membership, by=ada, **self.days(coming[1]))
        assert states(ada, coming) == ["confirmed", "given-back", "confirmed"]
        assert states(ben, coming[1:2]) == ["offered"]

    def test_back_again_one_has_what_is_free(
        self, group: Group, coming: list[Meeting], ada: Person
    ) -> None:
        membership = join(group, ada)
        set_away(membership=membership, by=ada, **self.days(coming[1]))
        set_away(membership=membership, by=ada, away_from=None, away_until=None)
        assert states(ada, coming) == ["confirmed", "confirmed", "confirmed"]

    def test_dates_that_are_made_meanwhile_leave_one_out(self, group: Group, ada: Person) -> None:
        first = (timezone.now() + timedelta(days=5)).date()
        factories.make_membership(group, ada, away_from=first, away_until=None)
        coming = dates(group, 2)
        seat_members(meetings=coming)
        assert states(ada, coming) == ["confirmed", ""]

    def test_where_the_group_keeps_places_for_the_absent_nothing_changes(
        self, group: Group, coming: list[Meeting], ada: Person
    ) -> None:
        Group.everything.update(releases_absent=False)
        membership = join(group, ada)
        set_away(membership=membership, by=ada, **self.days(coming[1]))
        assert states(ada, coming) == ["confirmed"] * 3

    def test_the_group_may_come_to_have_it_otherwise(
        self, group: Group, coming: list[Meeting], ada: Person, ben: Person
    ) -> None:
        Group.everything.update(releases_absent=False)
        membership = join(group, ada)
        take_seat(meeting=coming[1], by=ben)
        set_away(membership=membership, by=ada, **self.days(coming[1]))
        update_group(group=group, by=None, releases_absent=True)
        assert states(ada, coming) == ["confirmed", "given-back", "confirmed"]
        assert states(ben, coming[1:2]) == ["offered"]
        update_group(group=group, by=None, releases_absent=False)
        assert states(ada, coming) == ["confirmed", "waiting", "confirmed"]

    def test_only_oneself_says_so(self, group: Group, ada: Person, gil: Person) -> None:
        membership = join(group, ada)
        with pytest.raises(Refused) as caught:
            set_away(membership=membership, by=gil, away_from=None, away_until=None)
        assert caught.value.refusal.code == "not-yours"

    def test_the_days_are_in_order(self, group: Group, ada: Person) -> None:
        membership = join(group, ada)
        with pytest.raises(Refused) as caught:
            set_away(
                membership=membership,
                by=ada,
                away_from=date(2027, 3, 2),
                away_until=date(2027, 3, 1),
            )
        assert caught.value.refusal.code == "away"
