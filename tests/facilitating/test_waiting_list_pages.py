"""The places of a date as those who run it see and change them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, Person
from directory.choices import SeatState
from directory.models import Group, Meeting, Membership, Seat
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(group: Group, next_week: datetime) -> Meeting:
    """Two places: Ben has one, one is held for Kit; Wim waits, and after him Ola."""
    return factories.make_meeting(group, next_week, capacity=2)


@pytest.fixture
def queue(meeting: Meeting, ben: Person) -> list[Seat]:
    factories.make_seat(meeting, ben)
    now = timezone.now()
    held = {"offer_expires_at": now + timedelta(hours=5)}
    make(meeting, "Kit", SeatState.OFFERED, **held)
    return [
        make(meeting, name, SeatState.WAITING, asked_at=now - timedelta(hours=hours))
        for name, hours in (("Wim", 3), ("Ola", 2), ("Zoe", 1))
    ]


def make(meeting: Meeting, name: str, state: str, **fields: Any) -> Seat:
    person = factories.make_person(name, email=f"{name.lower()}.planted@example.org")
    factories.make_membership(meeting.group, person)
    return factories.make_seat(meeting, person, state, **fields)


def page_of(client: Client, name: str, *args: object) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return response.content.decode()


def names_in_order(page: str) -> list[str]:
    listed = page.partition("Who waits, in order")[2].partition("</ol>")[0]
    return sorted(
        (name for name in ("Wim", "Ola", "Zoe") if f"<bdi>{name}</bdi>" in listed),
        key=lambda name: listed.index(f"<bdi>{name}</bdi>"),
    )


def test_it_shows_places_offers_and_the_order(
    as_fay: Client, meeting: Meeting, queue: list[Seat]
) -> None:
    page = page_of(as_fay, "waiting_list", meeting.pk)
    assert "2 of 2 places are taken or held." in page
    assert "A place is held for" in page
    assert "<bdi>Kit</bdi>" in page
    assert names_in_order(page) == ["Wim", "Ola", "Zoe"]
    assert "planted@example.org" not in page
    # Nobody goes before the first.
    assert reverse("let_go_first", args=[queue[0].pk]) not in page
    assert reverse("let_go_first", args=[queue[2].pk]) in page


def test_first_timers_and_companions_are_marked(
    as_fay: Client, group: Group, meeting: Meeting, queue: list[Seat]
) -> None:
    earlier = factories.make_meeting(group, timezone.now() - timedelta(days=9))
    for seat in Seat.objects.filter(meeting=meeting).exclude(person__display_name="Zoe"):
        factories.make_seat(earlier, seat.person)
    Seat.objects.filter(person__display_name="Ola", meeting=meeting).update(brings_companion=True)
    page = page_of(as_fay, "waiting_list", meeting.pk)
    assert page.count("First time") == 1
    assert page.count("With a companion") == 1
    assert page.index("First time") > page.index("<bdi>Zoe</bdi>")


def test_hybrid_dates_count_room_and_home_apart(as_fay: Client, fay: Person) -> None:
    group = factories.make_group(format="hybrid", meeting_capacity=4, online_capacity=9)
    factories.make_facilitator(group, fay)
    date = factories.make_meeting(group, first_day := timezone.now() + timedelta(days=3))
    make(date, "Kit", SeatState.CONFIRMED, is_online=True)
    page = page_of(as_fay, "waiting_list", date.pk)
    assert "0 of 4 places are taken or held." in page
    assert "1 of 9 places are taken or held." in page
    assert "From home" in page_of(as_fay, "facilitated_meeting", date.pk)
    assert first_day < date.ends_at


def test_the_page_of_the_date_leads_there(
    as_fay: Client, meeting: Meeting, queue: list[Seat]
) -> None:
    page = page_of(as_fay, "facilitated_meeting", meeting.pk)
    assert reverse("waiting_list", args=[meeting.pk]) in page
    assert "A place is held for 1 person." in page


def test_members_who_say_that_they_are_away_are_marked(
    as_fay: Client, meeting: Meeting, queue: list[Seat], ben: Person
) -> None:
    day = meeting.starts_at.date()
    Membership.objects.filter(person=ben).update(away_from=day, away_until=day)
    assert "Says: away" in page_of(as_fay, "facilitated_meeting", meeting.pk)


def test_somebody_goes_first_with_a_reason_that_is_kept(
    as_fay: Client, fay: Person, meeting: Meeting, queue: list[Seat]
) -> None:
    address = reverse("let_go_first", args=[queue[2].pk])
    assert "Let Zoe go first?" in as_fay.get(address).content.decode()
    done = as_fay.post(address, {"before": "", "reason": "Travels three hours."}, follow=True)
    page = done.content.decode()
    assert names_in_order(page) == ["Zoe", "Wim", "Ola"]
    entry = AuditEntry.objects.get(action="seat.let_go_first")
    assert str(fay.pk) in entry.actor
    assert entry.detail["reason"] == "Travels three hours."


def test_somebody_goes_before_one_of_those_who_wait(
    as_fay: Client, meeting: Meeting, queue: list[Seat]
) -> None:
    sent = {"before": str(queue[1].pk), "reason": "A friend of hers comes too."}
    page = as_fay.post(reverse("let_go_first", args=[queue[2].pk]), sent, follow=True)
    assert names_in_order(page.content.decode()) == ["Wim", "Zoe", "Ola"]


@pytest.mark.parametrize("sent", [{"reason": ""}, {"reason": "  "}, {"reason": "x", "before": "y"}])
def test_without_a_reason_or_before_nobody_it_stays(
    as_fay: Client, meeting: Meeting, queue: list[Seat], sent: dict[str, str]
) -> None:
    page = as_fay.post(reverse("let_go_first", args=[queue[2].pk]), sent).content.decode()
    assert "There is a problem" in page
    assert names_in_order(page_of(as_fay, "waiting_list", meeting.pk)) == ["Wim", "Ola", "Zoe"]


def test_who_waits_no_more_is_told_of(as_fay: Client, queue: list[Seat]) -> None:
    Seat.objects.filter(pk=queue[2].pk).update(state=SeatState.GIVEN_BACK)
    answer = as_fay.get(reverse("let_go_first", args=[queue[2].pk]), follow=True)
    assert "This person does not wait for a place any more." in answer.content.decode()


def test_more_places_are_offered_in_order(
    as_fay: Client, meeting: Meeting, queue: list[Seat]
) -> None:
    address = reverse("change_places", args=[meeting.pk])
    answer = as_fay.post(address, {"capacity": "3"}, follow=True)
    assert "Places that came free are offered in order." in answer.content.decode()
    queue[0].refresh_from_db()
    assert queue[0].state == SeatState.OFFERED
    assert names_in_order(answer.content.decode()) == ["Ola", "Zoe"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("1", "2 people have a place already."),
        ("0", "Write a whole number from 1 to 9999."),
        ("x", "Write a whole number from 1 to 9999."),
    ],
)
def test_fewer_places_than_are_taken_are_refused_beside_the_field(
    as_fay: Client, meeting: Meeting, queue: list[Seat], typed: str, told: str
) -> None:
    response = as_fay.post(reverse("change_places", args=[meeting.pk]), {"capacity": typed})
    assert set(response.context["form"].errors) == {"capacity"}
    assert told in response.content.decode()
    meeting.refresh_from_db()
    assert meeting.capacity == 2


def test_an_empty_field_takes_the_groups_number(
    as_fay: Client, group: Group, meeting: Meeting
) -> None:
    Group.everything.filter(pk=group.pk).update(meeting_capacity=12)
    page = page_of(as_fay, "change_places", meeting.pk)
    assert "Leave it empty for the group’s usual number: 12" in page
    as_fay.post(reverse("change_places", args=[meeting.pk]), {"capacity": ""})
    meeting.refresh_from_db()
    assert meeting.capacity is None


@pytest.mark.parametrize("name", ["waiting_list", "change_places", "let_go_first"])
def test_a_stranger_a_member_a_visitor_and_a_bad_address(
    client: Client,
    as_gil: Client,
    as_ada: Client,
    as_ben: Client,
    meeting: Meeting,
    queue: list[Seat],
    name: str,
) -> None:
    key = queue[1].pk if name == "let_go_first" else meeting.pk
    address = reverse(name, args=[key])
    assert as_gil.get(address).status_code == 404
    assert as_ada.post(address).status_code in {404, 405}
    assert as_ben.get(address).status_code == 403
    assert client.get(address).url.startswith("/accounts/login/")
    assert as_ben.get(reverse(name, args=[meeting.group_id])).status_code == 404


def test_wrong_methods(as_fay: Client, meeting: Meeting, queue: list[Seat]) -> None:
    assert as_fay.post(reverse("waiting_list", args=[meeting.pk])).status_code == 405
    assert as_fay.put(reverse("change_places", args=[meeting.pk])).status_code == 405
    assert as_fay.put(reverse("let_go_first", args=[queue[1].pk])).status_code == 405


def test_a_long_list_costs_as_many_queries_as_a_short_one(
    as_fay: Client, meeting: Meeting, queue: list[Seat]
) -> None:
    counts = []
    for name in ("waiting_list", "facilitated_meeting"):
        as_fay.get(reverse(name, args=[meeting.pk]))
    for number in range(2):
        for name in ("waiting_list", "facilitated_meeting"):
            with CaptureQueriesContext(connection) as queries:
                as_fay.get(reverse(name, args=[meeting.pk]))
            counts.append(len(queries))
        for other in range(3):
            make(meeting, f"Una {number} {other}", SeatState.WAITING)
    assert counts[:2] == counts[2:]
