"""What happens in the demo's groups: people join, take places, and dates change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from accounts.models import Person
from directory.actions.asked import answer_asked, ask_question
from directory.actions.attendance import count_attendance
from directory.actions.cover import ask_for_cover, offer_cover
from directory.actions.meetings import add_meeting, cancel_meeting, move_meeting
from directory.actions.memberships import answer_request, join_group
from directory.actions.seats import give_back_seat, take_seat
from directory.choices import AgreementKind, Format, Joining, MembershipState
from directory.models import Group, Meeting, Membership, Seat
from directory.queries.agreements import version_in_force

MEMBERS_FROM, MEMBERS_TO = 2, 5


def join(group: Group, person: Person, **answers: Any) -> Membership:
    """Let somebody join on the terms in force."""
    return join_group(
        group=group,
        by=person,
        accepted_version=version_in_force(AgreementKind.CONFIDENTIALITY),
        consented_version=version_in_force(AgreementKind.MEMBERSHIP),
        is_adult=True,
        **answers,
    )


def fill(
    group: Group,
    members: Sequence[Person],
    needs: Sequence[dict[str, Any]],
    *,
    by: Person,
    chance: Random,
) -> None:
    """Let people join a group; a full one gets a waiting list, one that is asked gets requests."""
    count = chance.randint(MEMBERS_FROM, MEMBERS_TO)
    if places := group.capacity or group.meeting_capacity:
        count = places + 2
    for number, person in enumerate(chance.sample(members, count)):
        answers = dict(needs[number % len(needs)]) if number % 4 == 3 else {}
        if group.joining == Joining.ASK:
            answers["message"] = "I would like to try this. It took me a while to write."
        membership = join(group, person, **answers)
        # The last one who asked is still waiting for an answer.
        if membership.state == MembershipState.ASKED and number < count - 1:
            answer_request(membership=membership, by=by, accept=True, answer="You are welcome.")


def ask(group: Group, entry: dict[str, str], *, address: str, answered_by: Person) -> None:
    """A visitor asks the group something, and has an answer where the entry has one."""
    question = ask_question(group=group, text=entry["text"], address=address, name=entry["name"])
    if answer := entry.get("answer"):
        answer_asked(row=question, by=answered_by, answer=answer)


def come_and_go(group: Group, newcomer: Person, *, now: datetime) -> None:
    """At the second next date a member cannot come, and somebody tries the group for once."""
    meetings = Meeting.objects.filter(group=group, starts_at__gt=now).going_ahead()
    # The next one may begin while the demo is being built.
    for meeting in meetings.order_by("starts_at")[1:2]:
        held = Seat.objects.confirmed().filter(meeting=meeting).order_by("-asked_at", "id")
        for seat in held.select_related("person")[:1]:
            give_back_seat(meeting=meeting, by=seat.person)
        if group.joining == Joining.SIGN_UP:
            take_seat(
                meeting=meeting,
                by=newcomer,
                accepted_version=version_in_force(AgreementKind.CONFIDENTIALITY),
                consented_version=version_in_force(AgreementKind.MEMBERSHIP),
                is_adult=True,
            )


def look_for_cover(
    group: Group, *, by: Person, others: Sequence[Person], now: datetime, note: str
) -> None:
    """Who leads the group cannot come to the third next date; some of the others answer."""
    coming = Meeting.objects.filter(group=group, starts_at__gt=now).going_ahead()
    for meeting in coming.order_by("starts_at")[2:3]:
        asked = ask_for_cover(meeting=meeting, by=by, note=note)
        for cover in asked:
            if cover.person in others:
                offer_cover(cover=cover, by=cover.person)


def count_past(group: Group, *, by: Person, now: datetime, chance: Random) -> None:
    """The heads that were counted at two dates; the latest is still to be counted."""
    past = Meeting.objects.filter(group=group, ends_at__lt=now).order_by("-starts_at")
    for meeting in past[1:3]:
        came = chance.randint(4, 11)
        count_attendance(meeting=meeting, by=by, came=came, first_time=chance.randint(0, 2))


def change_dates(
    group: Group, *, number: int, by: Person, now: datetime, texts: dict[str, str]
) -> None:
    """Every fifth group calls a date off, another fifth moves one, some add one."""
    coming = list(Meeting.objects.filter(group=group, starts_at__gt=now).order_by("starts_at")[:3])
    where = "_online" if group.format == Format.ONLINE else ""
    if number % 5 == 0:
        cancel_meeting(meeting=coming[1], by=by, reason=texts[f"cancelled{where}"])
    if number % 5 == 2:
        move_meeting(
            meeting=coming[1],
            by=by,
            starts_at=coming[1].starts_at + timedelta(days=1, minutes=30),
            reason=texts[f"moved{where}"],
        )
    if number % 7 == 3:
        add_meeting(
            group=group,
            by=by,
            starts_at=coming[2].starts_at + timedelta(days=2),
            duration_minutes=120,
            theme=texts["theme"],
            tells=False,
        )
