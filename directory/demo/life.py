"""What happens in the demo's groups: people join, take places, and dates change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from accounts.models import Person
from directory.actions.asked import answer_asked, ask_question
from directory.actions.attendance import count_attendance
from directory.actions.meetings import add_meeting, cancel_meeting, move_meeting
from directory.actions.memberships import answer_request, join_group
from directory.actions.seats import take_seat
from directory.choices import AgreementKind, Format, Joining, MembershipState
from directory.models import Group, Meeting, Membership
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


def take_places(group: Group, *, now: datetime, chance: Random) -> None:
    """Members take places at the next date, more than there are where places are few."""
    # A meeting may begin while the demo is being built.
    soon = now + timedelta(hours=1)
    meetings = Meeting.objects.filter(group=group, starts_at__gt=soon).going_ahead()
    active = Membership.objects.active().filter(group=group).select_related("person")
    people = [membership.person for membership in active]
    if not group.meeting_capacity:
        people = people[: chance.randint(1, 3)]
    for meeting in meetings.order_by("starts_at")[:1]:
        for person in people:
            take_seat(meeting=meeting, by=person)


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
        )
