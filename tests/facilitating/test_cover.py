"""Cover: asked, offered, accepted, given back, and settled two days before the start."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from accounts.models import AuditEntry, OutgoingMail, Person
from directory import tasks
from directory.actions.attendance import count_attendance
from directory.actions.cover import (
    accept_offer,
    ask_for_cover,
    decline_cover,
    escalate_cover,
    give_cover_back,
    offer_cover,
    withdraw_request,
)
from directory.actions.meetings import cancel_meeting, move_meeting
from directory.emails import render
from directory.models import Cover, Facilitator, Group, ImportedListing, Meeting
from directory.queries.changes import concerned_by
from directory.queries.cover import answerable, covers_date, with_cover
from directory.queries.cover_missing import dates_to_staff
from directory.refusals import Refused
from tests import factories

pytestmark = pytest.mark.django_db

START = datetime(2030, 6, 4, 18, 0, tzinfo=UTC)
TWO_DAYS = timedelta(hours=48)


@pytest.fixture
def meeting(group: Group, fay: Person) -> Meeting:
    """Fay's group, in ten days of a clock that stands."""
    return factories.make_meeting(group, START)


@pytest.fixture(autouse=True)
def _ten_days_before() -> Any:
    with time_machine.travel(START - timedelta(days=10), tick=False):
        yield


@pytest.fixture
def gil(group: Group) -> Person:
    """He runs another group of the same organisation."""
    return another(group, "Gil")


@pytest.fixture
def hal(group: Group) -> Person:
    return another(group, "Hal")


def another(group: Group, name: str) -> Person:
    person = factories.make_person(name)
    factories.make_facilitator(factories.make_group(organisation=group.organisation), person)
    return person


def cover_of(person: Person) -> Cover:
    return Cover.objects.get(person=person)


def states() -> dict[str, str]:
    return dict(Cover.objects.values_list("person__display_name", "state"))


def owed(kind: str) -> list[str]:
    rows = OutgoingMail.objects.filter(kind=kind).order_by("person__display_name", "version")
    return [mail.person.display_name for mail in rows if mail.person]


def still_owed(kind: str) -> list[str]:
    """To whom the mails would really go now."""
    rows = OutgoingMail.objects.filter(kind=kind).order_by("person__display_name", "version")
    return [mail.person.display_name for mail in rows if mail.person and render(mail)]


def refused(action: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as error:
        action()
    return error.value.refusal.code


def test_all_who_may_are_asked_but_the_one_who_asks(
    meeting: Meeting, fay: Person, gil: Person, hal: Person, ada: Person, ben: Person
) -> None:
    elsewhere = factories.make_person("Zed")
    factories.make_facilitator(factories.make_group(), elsewhere)
    ask_for_cover(meeting=meeting, by=fay, note="I have a cold.")
    assert states() == {"Gil": "asked", "Hal": "asked"}
    assert still_owed("cover_asked") == ["Gil", "Hal"]
    assert answerable(meeting) == fay
    entry = AuditEntry.objects.get(action="cover.asked")
    assert entry.detail == {"asked": 2, "by_name": False}
    assert entry.organisation


def test_asked_among_all_a_yes_is_an_offer_until_it_is_accepted(
    meeting: Meeting, fay: Person, gil: Person, hal: Person
) -> None:
    ask_for_cover(meeting=meeting, by=fay)
    offer_cover(cover=cover_of(gil), by=gil)
    offer_cover(cover=cover_of(hal), by=hal)
    assert still_owed("cover_offered") == ["Fay"]
    assert answerable(meeting) == fay
    accept_offer(cover=cover_of(hal), by=fay)
    assert states() == {"Gil": "withdrawn", "Hal": "accepted"}
    assert answerable(meeting) == hal
    assert still_owed("cover_accepted") == ["Hal"]
    assert still_owed("cover_not_needed") == ["Gil"]
    assert still_owed("cover_offered") == []


def test_asked_by_name_a_yes_settles_it(meeting: Meeting, fay: Person, gil: Person) -> None:
    ask_for_cover(meeting=meeting, by=fay, person=gil)
    offer_cover(cover=cover_of(gil), by=gil)
    assert answerable(meeting) == gil
    assert still_owed("cover_accepted") == ["Fay"]
    assert [entry.action for entry in AuditEntry.objects.order_by("at", "id")] == [
        "cover.asked",
        "cover.accepted",
    ]


def test_said_twice_it_is_said_once(meeting: Meeting, fay: Person, gil: Person) -> None:
    ask_for_cover(meeting=meeting, by=fay)
    for _ in range(2):
        offer_cover(cover=cover_of(gil), by=gil)
    assert owed("cover_offered") == ["Fay"]
    for _ in range(2):
        decline_cover(cover=cover_of(gil), by=gil)
    assert AuditEntry.objects.filter(action="cover.declined").count() == 1


def test_nobody_is_asked_twice_unless_by_name(
    meeting: Meeting, fay: Person, gil: Person, hal: Person
) -> None:
    ask_for_cover(meeting=meeting, by=fay)
    decline_cover(cover=cover_of(gil), by=gil)
    assert refused(lambda: ask_for_cover(meeting=meeting, by=fay)) == "all-asked"
    ask_for_cover(meeting=meeting, by=fay, person=gil)
    assert states() == {"Gil": "asked", "Hal": "asked"}
    assert refused(lambda: ask_for_cover(meeting=meeting, by=fay, person=gil)) == "asked-already"


def test_who_says_no_may_still_say_yes(meeting: Meeting, fay: Person, gil: Person) -> None:
    ask_for_cover(meeting=meeting, by=fay)
    decline_cover(cover=cover_of(gil), by=gil)
    offer_cover(cover=cover_of(gil), by=gil)
    assert states() == {"Gil": "offered"}


def test_the_asker_hears_when_nobody_is_left(
    meeting: Meeting, fay: Person, gil: Person, hal: Person
) -> None:
    ask_for_cover(meeting=meeting, by=fay)
    decline_cover(cover=cover_of(gil), by=gil)
    assert owed("cover_missing") == []
    decline_cover(cover=cover_of(hal), by=hal)
    assert still_owed("cover_missing") == ["Fay"]


def test_given_back_all_others_are_asked_anew(
    meeting: Meeting, fay: Person, gil: Person, hal: Person, mo: Person
) -> None:
    ask_for_cover(meeting=meeting, by=fay, person=gil)
    offer_cover(cover=cover_of(gil), by=gil)
    give_cover_back(cover=cover_of(gil), by=gil)
    assert states() == {"Gil": "declined", "Hal": "asked"}
    assert answerable(meeting) == fay
    assert still_owed("cover_missing") == ["Fay"]
    assert still_owed("cover_asked") == ["Hal"]


def test_given_back_late_the_moderators_are_told_at_once(
    meeting: Meeting, fay: Person, gil: Person, mo: Person
) -> None:
    ask_for_cover(meeting=meeting, by=fay, person=gil)
    offer_cover(cover=cover_of(gil), by=gil)
    with time_machine.travel(START - timedelta(hours=5), tick=False):
        give_cover_back(cover=cover_of(gil), by=gil)
        assert still_owed("cover_missing") == ["Fay", "Mo"]


def test_taken_back_whoever_had_said_yes_is_told(
    meeting: Meeting, fay: Person, gil: Person, hal: Person
) -> None:
    ask_for_cover(meeting=meeting, by=fay)
    offer_cover(cover=cover_of(gil), by=gil)
    withdraw_request(meeting=meeting, by=fay)
    assert states() == {"Gil": "withdrawn", "Hal": "withdrawn"}
    assert still_owed("cover_not_needed") == ["Gil"]
    assert still_owed("cover_asked") == []
    assert refused(lambda: offer_cover(cover=cover_of(hal), by=hal)) == "no-longer"
    assert refused(lambda: withdraw_request(meeting=meeting, by=fay)) == "nobody-asked"


def test_the_lead_can_come_after_all(meeting: Meeting, fay: Person, gil: Person) -> None:
    ask_for_cover(meeting=meeting, by=fay, person=gil)
    offer_cover(cover=cover_of(gil), by=gil)
    withdraw_request(meeting=meeting, by=fay)
    assert answerable(meeting) == fay
    assert still_owed("cover_not_needed") == ["Gil"]


def test_the_one_who_covers_is_told_of_changes(meeting: Meeting, fay: Person, gil: Person) -> None:
    ask_for_cover(meeting=meeting, by=fay, person=gil)
    assert gil not in concerned_by(meeting.group, [meeting])
    offer_cover(cover=cover_of(gil), by=gil)
    assert gil in concerned_by(meeting.group, [meeting])


@pytest.mark.parametrize("name", ["ada", "ben", "gil", "pat"])
def test_only_who_runs_the_group_asks(
    meeting: Meeting, gil: Person, ada: Person, ben: Person, name: str
) -> None:
    pat = factories.make_person("Pat")
    factories.make_moderator(factories.make_organisation(), pat)
    person = {"ada": ada, "ben": ben, "gil": gil, "pat": pat}[name]
    assert refused(lambda: ask_for_cover(meeting=meeting, by=person)) == "not-yours"


def test_a_moderator_asks_and_accepts(meeting: Meeting, mo: Person, gil: Person) -> None:
    ask_for_cover(meeting=meeting, by=mo)
    offer_cover(cover=cover_of(gil), by=gil)
    assert still_owed("cover_offered") == ["Mo"]
    accept_offer(cover=cover_of(gil), by=mo)
    assert answerable(meeting) == gil


def test_nobody_answers_or_accepts_for_others(
    meeting: Meeting, fay: Person, gil: Person, hal: Person
) -> None:
    ask_for_cover(meeting=meeting, by=fay)
    cover = cover_of(gil)
    assert refused(lambda: offer_cover(cover=cover, by=hal)) == "not-you"
    assert refused(lambda: decline_cover(cover=cover, by=fay)) == "not-you"
    assert refused(lambda: accept_offer(cover=cover, by=fay)) == "no-offer"
    offer_cover(cover=cover, by=gil)
    assert refused(lambda: accept_offer(cover=cover, by=gil)) == "not-yours"
    assert refused(lambda: give_cover_back(cover=cover, by=gil)) == "no-longer"


def test_strangers_to_the_organisation_are_not_asked(
    meeting: Meeting, fay: Person, ada: Person
) -> None:
    assert refused(lambda: ask_for_cover(meeting=meeting, by=fay)) == "nobody-there"
    assert refused(lambda: ask_for_cover(meeting=meeting, by=fay, person=ada)) == "person"
    assert refused(lambda: ask_for_cover(meeting=meeting, by=fay, person=fay)) == "person"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"status": "cancelled", "reason": "Snow."}, "already-cancelled"),
        ({"starts_at": START - timedelta(days=20), "ends_at": START - timedelta(days=19)}, "over"),
    ],
)
def test_no_cover_for_what_does_not_take_place(
    meeting: Meeting, fay: Person, gil: Person, fields: dict[str, Any], code: str
) -> None:
    ask_for_cover(meeting=meeting, by=fay)
    Meeting.everything.update(**fields)
    cover = cover_of(gil)
    assert refused(lambda: ask_for_cover(meeting=meeting, by=fay)) == code
    assert refused(lambda: offer_cover(cover=cover, by=gil)) == code
    assert refused(lambda: withdraw_request(meeting=meeting, by=fay)) == code
    assert still_owed("cover_asked") == []


def test_a_group_that_takes_a_break_needs_nobody(
    meeting: Meeting, fay: Person, gil: Person
) -> None:
    Group.everything.update(status="paused")
    assert refused(lambda: ask_for_cover(meeting=meeting, by=fay)) == "not-published"


def test_a_yes_to_another_time_is_no_offer(meeting: Meeting, fay: Person, gil: Person) -> None:
    ask_for_cover(meeting=meeting, by=fay)
    offer_cover(cover=cover_of(gil), by=gil)
    move_meeting(meeting=meeting, by=fay, starts_at=START + timedelta(days=1))
    assert refused(lambda: accept_offer(cover=cover_of(gil), by=fay)) == "no-offer"
    offer_cover(cover=cover_of(gil), by=gil)
    accept_offer(cover=cover_of(gil), by=fay)
    assert answerable(meeting) == gil


def end(person: Person) -> None:
    Facilitator.objects.filter(person=person).update(ended_at=timezone.now())


def test_who_runs_no_group_any_more_covers_nothing(
    meeting: Meeting, fay: Person, gil: Person, hal: Person
) -> None:
    ask_for_cover(meeting=meeting, by=fay, person=gil)
    offer_cover(cover=cover_of(gil), by=gil)
    end(gil)
    assert answerable(meeting) == fay
    assert not covers_date(gil, meeting, timezone.now())
    ask_for_cover(meeting=meeting, by=fay, person=hal)
    offer_cover(cover=cover_of(hal), by=hal)
    assert answerable(meeting) == hal
    assert states() == {"Gil": "withdrawn", "Hal": "accepted"}


def covering(meeting: Meeting, fay: Person, gil: Person) -> None:
    ask_for_cover(meeting=meeting, by=fay, person=gil)
    offer_cover(cover=cover_of(gil), by=gil)


def test_who_covers_cancels_and_counts_this_date_alone(
    meeting: Meeting, fay: Person, gil: Person
) -> None:
    other = factories.make_meeting(meeting.group, START + timedelta(days=7))
    covering(meeting, fay, gil)
    later = START + timedelta(days=1)
    assert refused(lambda: cancel_meeting(meeting=other, by=gil, reason="x")) == "not-yours"
    assert refused(lambda: move_meeting(meeting=meeting, by=gil, starts_at=later)) == "not-yours"
    with time_machine.travel(START, tick=False):
        assert count_attendance(meeting=meeting, by=gil, came=5).came == 5
        assert refused(lambda: count_attendance(meeting=other, by=gil, came=5)) == "not-yours"
    assert cancel_meeting(meeting=meeting, by=gil, reason="The boiler broke.").is_cancelled


@pytest.mark.parametrize(("minutes", "may"), [(-1, True), (0, False)])
def test_cover_ends_a_day_after_the_date(
    meeting: Meeting, fay: Person, gil: Person, minutes: int, may: bool
) -> None:
    covering(meeting, fay, gil)
    then = meeting.ends_at + timedelta(days=1, minutes=minutes)
    assert covers_date(gil, meeting, then) == may


@pytest.mark.parametrize("state", ["asked", "offered", "declined", "withdrawn"])
def test_without_being_accepted_one_may_do_nothing(
    meeting: Meeting, gil: Person, state: str
) -> None:
    Cover.objects.create(meeting=meeting, person=gil, state=state)
    assert refused(lambda: cancel_meeting(meeting=meeting, by=gil, reason="x")) == "not-yours"


def test_the_lead_answers_before_the_co_facilitator(group: Group, ada: Person) -> None:
    meeting = factories.make_meeting(group, START)
    assert answerable(meeting) is None
    factories.make_facilitator(group, ada, role="co")
    assert answerable(meeting) == ada
    lea = factories.make_person("Lea")
    factories.make_facilitator(group, lea, role="lead")
    assert answerable(meeting) == lea


@pytest.mark.parametrize("number", [1, 3])
def test_many_dates_take_as_many_queries_as_one(
    group: Group, fay: Person, gil: Person, number: int, django_assert_num_queries: Any
) -> None:
    days = range(number)
    dates = [factories.make_meeting(group, START + timedelta(days=day)) for day in days]
    for date in dates:
        ask_for_cover(meeting=date, by=fay)
    with django_assert_num_queries(2):
        found = with_cover(dates, timezone.now())
        assert [date.answerable for date in found] == [fay] * number
        assert all(row.person.display_name == "Gil" for date in found for row in date.asked)


# Two days before the start.


def test_two_days_before_the_earliest_offer_is_taken(
    meeting: Meeting, fay: Person, gil: Person, hal: Person, mo: Person
) -> None:
    ask_for_cover(meeting=meeting, by=fay)
    with time_machine.travel(START - timedelta(days=9), tick=False):
        offer_cover(cover=cover_of(hal), by=hal)
    with time_machine.travel(START - timedelta(days=8), tick=False):
        offer_cover(cover=cover_of(gil), by=gil)
    assert escalate_cover(now=START - TWO_DAYS - timedelta(seconds=1)) == 0
    assert escalate_cover(now=START - TWO_DAYS) == 1
    assert states() == {"Gil": "withdrawn", "Hal": "accepted"}
    assert still_owed("cover_accepted") == ["Fay", "Hal"]
    assert owed("cover_missing") == []
    assert AuditEntry.objects.get(action="cover.accepted").detail == {"by_itself": True}


def test_without_an_offer_the_moderators_are_told_once_for_a_start(
    meeting: Meeting, fay: Person, gil: Person, mo: Person
) -> None:
    ask_for_cover(meeting=meeting, by=fay)
    assert escalate_cover(now=START - TWO_DAYS - timedelta(seconds=1)) == 0
    assert [escalate_cover(now=START - TWO_DAYS) for _ in range(2)] == [1, 0]
    assert still_owed("cover_missing") == ["Mo"]
    for start in (START + timedelta(hours=2), START - timedelta(hours=2)):
        move_meeting(meeting=meeting, by=fay, starts_at=start)
        assert [escalate_cover(now=start - TWO_DAYS) for _ in range(2)] == [1, 0]
        assert still_owed("cover_missing") == ["Mo"]
    assert owed("cover_missing") == ["Mo"] * 3


def test_who_offered_is_asked_once_whether_they_can_at_the_new_time(
    meeting: Meeting, fay: Person, gil: Person
) -> None:
    ask_for_cover(meeting=meeting, by=fay)
    offer_cover(cover=cover_of(gil), by=gil)
    move_meeting(meeting=meeting, by=fay, starts_at=START + timedelta(days=1))
    escalate_cover()
    assert owed("cover_asked") == ["Gil"]
    for minutes in (6, 16):
        escalate_cover(now=timezone.now() + timedelta(minutes=minutes))
    assert owed("cover_asked") == ["Gil", "Gil"]
    assert still_owed("cover_asked") == ["Gil", "Gil"]
    offer_cover(cover=cover_of(gil), by=gil)
    assert still_owed("cover_asked") == []


def test_a_yes_within_two_days_settles_it(meeting: Meeting, fay: Person, gil: Person) -> None:
    ask_for_cover(meeting=meeting, by=fay)
    with time_machine.travel(START - TWO_DAYS, tick=False):
        offer_cover(cover=cover_of(gil), by=gil)
    assert answerable(meeting) == gil


def test_a_yes_to_another_time_is_not_taken_by_itself(
    meeting: Meeting, fay: Person, gil: Person, mo: Person
) -> None:
    ask_for_cover(meeting=meeting, by=fay)
    offer_cover(cover=cover_of(gil), by=gil)
    later = START + timedelta(hours=3)
    move_meeting(meeting=meeting, by=fay, starts_at=later)
    escalate_cover(now=later - TWO_DAYS)
    assert states() == {"Gil": "offered"}
    assert still_owed("cover_missing") == ["Mo"]


def test_a_group_without_anybody_is_told_of_likewise(group: Group, mo: Person) -> None:
    meeting = factories.make_meeting(group, START)
    assert escalate_cover(now=START - TWO_DAYS) == 1
    assert still_owed("cover_missing") == ["Mo"]
    assert list(dates_to_staff(mo, timezone.now())) == [meeting]
    factories.make_facilitator(group, factories.make_person("Lea"))
    assert still_owed("cover_missing") == []
    assert not dates_to_staff(mo, timezone.now())


def test_a_listing_of_people_elsewhere_needs_nobody_here(group: Group, mo: Person) -> None:
    factories.make_meeting(group, START)
    ImportedListing.objects.create(
        organisation=group.organisation, group=group, key="1", feed_format="x", fingerprint="x"
    )
    assert escalate_cover(now=START - TWO_DAYS) == 0
    factories.make_facilitator(group, mo, ended_at=timezone.now())
    assert escalate_cover(now=START - TWO_DAYS) == 1


@pytest.mark.parametrize("status", ["draft", "paused", "closed"])
def test_nobody_is_told_of_groups_that_do_not_meet(group: Group, mo: Person, status: str) -> None:
    factories.make_meeting(group, START)
    Group.everything.update(status=status)
    assert escalate_cover(now=START - TWO_DAYS) == 0


def test_nobody_is_told_of_cancelled_dates_nor_of_those_that_began(
    group: Group, mo: Person
) -> None:
    factories.make_meeting(group, START, status="cancelled", reason="Snow.")
    assert escalate_cover(now=START - TWO_DAYS) == 0
    factories.make_meeting(group, START)
    assert escalate_cover(now=START) == 0


def test_a_date_with_its_facilitator_is_left_alone(meeting: Meeting, mo: Person) -> None:
    assert escalate_cover(now=START - TWO_DAYS) == 0


def test_who_stands_in_and_runs_no_group_any_more_is_replaced(
    meeting: Meeting, fay: Person, gil: Person, hal: Person, mo: Person
) -> None:
    covering(meeting, fay, gil)
    escalate_cover()
    assert states() == {"Gil": "accepted"}
    end(gil)
    for _ in range(2):
        escalate_cover()
    assert states() == {"Gil": "declined", "Hal": "asked"}
    assert still_owed("cover_missing") == ["Fay"]
    assert still_owed("cover_asked") == ["Hal"]
    assert AuditEntry.objects.filter(action="cover.given_back", actor="system").count() == 1
    assert escalate_cover(now=START - TWO_DAYS) == 1
    assert still_owed("cover_missing") == ["Fay", "Mo"]


def test_where_nobody_can_be_told_nothing_is_done(group: Group) -> None:
    factories.make_meeting(group, START)
    assert escalate_cover(now=START - TWO_DAYS) == 0


def test_many_dates_that_are_settled_cost_no_query_each(
    group: Group, mo: Person, django_assert_num_queries: Any
) -> None:
    for minutes in range(3):
        factories.make_meeting(group, START + timedelta(minutes=minutes))
    now = START - timedelta(hours=40)
    assert escalate_cover(now=now) == 3
    with django_assert_num_queries(5):
        assert escalate_cover(now=now) == 0


def test_the_worker_does_it(group: Group, mo: Person) -> None:
    factories.make_meeting(group, START)
    with time_machine.travel(START - TWO_DAYS, tick=False):
        tasks.escalate_cover(timestamp=0)
    assert owed("cover_missing") == ["Mo"]
