"""Rows for tests, with dull defaults. Every function takes fields by name and returns the row."""

from __future__ import annotations

import itertools
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Person
from directory.actions.finder import refresh_finder
from directory.choices import (
    AgreementKind,
    Format,
    GroupStatus,
    Joining,
    MembershipState,
    SeatState,
)
from directory.models import (
    Acceptance,
    AgreementVersion,
    Consent,
    CrisisLine,
    Facilitator,
    FacilitatorProfile,
    Group,
    Meeting,
    Membership,
    Moderator,
    OnlineRoom,
    Organisation,
    Place,
    Seat,
    Series,
    Topic,
    Town,
)
from directory.text.places import name_keys

numbers = itertools.count(1)


def make_person(name: str = "", **fields: Any) -> Person:
    name = name or f"Person {next(numbers)}"
    fields.setdefault("email", f"{name.lower().replace(' ', '.')}.{next(numbers)}@example.org")
    fields.setdefault("is_safe_to_email", True)
    return Person.objects.create_user(display_name=name, **fields)


def make_organisation(**fields: Any) -> Organisation:
    number = next(numbers)
    fields.setdefault("name", f"Organisation {number}")
    fields.setdefault("slug", f"organisation-{number}")
    fields.setdefault("country", "GB")
    fields.setdefault("time_zone", "Europe/London")
    return Organisation.objects.create(**fields)


def make_moderator(organisation: Organisation, person: Person) -> Moderator:
    return Moderator.objects.create(organisation=organisation, person=person)


def make_topic(**fields: Any) -> Topic:
    number = next(numbers)
    fields.setdefault("name", f"Topic {number}")
    fields.setdefault("slug", f"topic-{number}")
    return Topic.objects.create(**fields)


def make_place(organisation: Organisation | None = None, **fields: Any) -> Place:
    fields.setdefault("name", "Quaker Meeting House")
    fields.setdefault("address", "7 Carlton Hill")
    fields.setdefault("town", "Leeds")
    fields.setdefault("postal_code", "LS7 1QS")
    fields.setdefault("country", "GB")
    return Place.objects.create(organisation=organisation or make_organisation(), **fields)


def make_group(*, topics: list[Topic] | None = None, **fields: Any) -> Group:
    """A published group: in person unless told otherwise, sign up."""
    number = next(numbers)
    organisation = fields.setdefault("organisation", None) or make_organisation()
    fields["organisation"] = organisation
    fields.setdefault("name", f"Group {number}")
    fields.setdefault("slug", f"group-{number}")
    fields.setdefault("status", GroupStatus.PUBLISHED)
    fields.setdefault("format", Format.IN_PERSON)
    fields.setdefault("joining", Joining.SIGN_UP)
    fields.setdefault("country", organisation.country)
    fields.setdefault("time_zone", organisation.time_zone)
    fields.setdefault("adults_only", False)
    if fields["joining"] == Joining.ASK:
        fields.setdefault("answer_within_days", 3)
    if fields["format"] != Format.ONLINE and "place" not in fields:
        fields["place"] = make_place(organisation)
    group = Group.everything.create(**fields)
    group.topics.set(topics or [])
    refresh_finder([group])
    return group


def make_online_group(**fields: Any) -> Group:
    group = make_group(format=Format.ONLINE, **fields)
    OnlineRoom.objects.create(
        group=group,
        url="https://rooms.example.org/j/planted-link",
        meeting_code="987 654 3210",
        passcode="planted-passcode",
    )
    return group


def make_series(group: Group, **fields: Any) -> Series:
    fields.setdefault("first_on", date(2026, 1, 6))
    fields.setdefault("starts_at_time", time(19, 0))
    fields.setdefault("duration_minutes", 90)
    fields.setdefault("time_zone", group.time_zone)
    fields.setdefault("rule", "FREQ=WEEKLY;BYDAY=TU")
    return Series.objects.create(group=group, **fields)


def make_meeting(
    group: Group, starts_at: datetime | None = None, *, minutes: int = 90, **fields: Any
) -> Meeting:
    """A meeting tomorrow at this hour unless told otherwise."""
    starts_at = starts_at or (timezone.now() + timedelta(days=1)).replace(second=0, microsecond=0)
    fields.setdefault("original_start", starts_at)
    fields.setdefault("ends_at", starts_at + timedelta(minutes=minutes))
    fields.setdefault("time_zone", group.time_zone)
    meeting = Meeting.everything.create(group=group, starts_at=starts_at, **fields)
    refresh_finder([group])
    return meeting


def make_facilitator(
    group: Group, person: Person, *, first_name: str = "", **fields: Any
) -> Facilitator:
    """`first_name` lists the person for visitors under that name."""
    if first_name:
        FacilitatorProfile.objects.update_or_create(
            person=person, defaults={"public_first_name": first_name, "is_listed": True}
        )
    return Facilitator.objects.create(group=group, person=person, **fields)


def make_agreement(
    kind: str = AgreementKind.CONFIDENTIALITY, number: int | None = None, **fields: Any
) -> AgreementVersion:
    newest = AgreementVersion.objects.filter(kind=kind).order_by("-number").first()
    fields.setdefault("title", "What is said here stays here")
    fields.setdefault("text", "What is said here stays here.")
    fields.setdefault("published_at", timezone.now())
    number = number or (newest.number + 1 if newest else 1)
    return AgreementVersion.objects.create(kind=kind, number=number, **fields)


def current_agreement(kind: str = AgreementKind.CONFIDENTIALITY) -> AgreementVersion:
    return AgreementVersion.objects.in_force(kind).first() or make_agreement(kind)


def make_acceptance(person: Person, version: AgreementVersion | None = None) -> Acceptance:
    return Acceptance.objects.get_or_create(person=person, version=version or current_agreement())[
        0
    ]


def make_consent(person: Person, group: Group) -> Consent:
    version = current_agreement(AgreementKind.MEMBERSHIP)
    return Consent.objects.create(person=person, group=group, version=version)


def make_membership(
    group: Group, person: Person, state: str = MembershipState.ACTIVE, **fields: Any
) -> Membership:
    """A membership in any state, with agreement and consent where the state needs them."""
    now = timezone.now()
    if state in Membership.OPEN:
        fields.setdefault("acceptance", make_acceptance(person))
        fields.setdefault("consent", make_consent(person, group))
    else:
        fields.setdefault("ended_at", now)
    if state == MembershipState.ACTIVE:
        fields.setdefault("joined_at", now)
    return Membership.objects.create(group=group, person=person, state=state, **fields)


def make_seat(
    meeting: Meeting, person: Person, state: str = SeatState.CONFIRMED, **fields: Any
) -> Seat:
    fields.setdefault(
        "membership", Membership.objects.filter(group=meeting.group, person=person).first()
    )
    if "asked_at" in fields:
        fields.setdefault("queued_at", fields["asked_at"])
    return Seat.objects.create(meeting=meeting, person=person, state=state, **fields)


def make_town(name: str = "Leeds", **fields: Any) -> Town:
    """A town in Britain, found by its name, unless told otherwise."""
    fields.setdefault("id", next(numbers))
    fields.setdefault("folded_names", name_keys(name))
    fields.setdefault("country", "GB")
    fields.setdefault("latitude", 53.7965)
    fields.setdefault("longitude", -1.5478)
    fields.setdefault("population", 10_000)
    fields.setdefault("time_zone", "Europe/London")
    return Town.objects.create(name=name, **fields)


def make_crisis_line(**fields: Any) -> CrisisLine:
    fields.setdefault("country", "GB")
    fields.setdefault("name", "Samaritans")
    fields.setdefault("instructions", "To talk any time, free.")
    fields.setdefault("phone", "116 123")
    fields.setdefault("reviewed_on", timezone.localdate())
    return CrisisLine.objects.create(**fields)
