from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from accounts.models import Person
from directory.actions.groups import create_group
from directory.actions.invitations import accept_invitation, invite_facilitator
from directory.actions.series import add_series, generate_meetings
from directory.choices import FacilitatorRole, Format
from directory.demo.source import DemoGroup, When
from directory.models import (
    FacilitatorProfile,
    Group,
    Organisation,
    Place,
    Series,
    Topic,
)

WEEKS_OF_HISTORY = 6


def make_group(
    entry: DemoGroup,
    *,
    number: int,
    organisation: Organisation,
    by: Person,
    texts: dict[str, str],
    greeter: str,
    place: tuple[Place, str] | None,
    topics: dict[str, Topic],
) -> Group:
    """The draft of a group, as its moderator would put it up."""
    chosen = [topics[slug] for slug in entry.topics]
    is_online = entry.format != Format.IN_PERSON
    fields: dict[str, Any] = {
        "name": entry.name,
        "summary": entry.summary,
        "topics": chosen,
        "format": entry.format,
        "joining": entry.joining,
        "answer_within_days": 3 + number % 3 if entry.joining == "ask" else None,
        "capacity": entry.capacity,
        "meeting_capacity": entry.seats,
        "first_timer_places": 2 if entry.seats and number % 2 == 0 else 0,
        "online_capacity": 8 if entry.format == Format.HYBRID else None,
        "allows_companions": number % 3 != 0 and entry.format != Format.ONLINE,
        "releases_absent": entry.seats is not None,
        "audiences": entry.audiences,
        "access_features": entry.access,
        "languages": entry.languages,
        "openness": "closed" if entry.joining == "ask" else "open",
        "cost": "donation" if number % 5 == 0 else "free",
        "place": place[0] if place else None,
        "which_door": place[1] if place else "",
        "usual_size_from": 4 + number % 3,
        "usual_size_to": 8 + number % 5,
        **_words(entry, number, texts, greeter),
    }
    if is_online:
        fields["online_room"] = {
            "url": f"https://rooms.waymeet.example/{organisation.slug}-{number}",
            "meeting_code": f"{700 + number} {200 + number} {4100 + number}",
            "passcode": "kettle",
        }
    return create_group(organisation=organisation, by=by, **fields)


def _words(entry: DemoGroup, number: int, texts: dict[str, str], greeter: str) -> dict[str, str]:
    is_only_online = entry.format == Format.ONLINE
    greets = texts["who_greets_online" if is_only_online else "who_greets"]
    return {
        "description": texts["description"],
        "who_for": texts["who_for"],
        "what_to_expect": texts["expect_online" if is_only_online else "what_to_expect"],
        "what_it_is_not": texts["what_it_is_not"],
        "who_greets": greets.format(facilitator=greeter),
        "if_late": texts["if_late_online" if is_only_online else "if_late"],
        "only_listen": texts["only_listen"],
        "bring_somebody": texts["bring_nobody" if number % 3 == 0 else "bring_somebody"],
    }


def invite(group: Group, staff: list[Person], *, by: Person) -> None:
    """Invite the group's facilitators, who accept and choose to be listed; the first leads."""
    for position, person in enumerate(staff):
        role = FacilitatorRole.CO if position else FacilitatorRole.LEAD
        invitation = invite_facilitator(group=group, by=by, email=person.email, role=role)
        accept_invitation(
            invitation=invitation,
            by=person,
            public_first_name=person.display_name,
            is_listed=True,
        )


def describe_facilitators(people: dict[str, Person], entries: dict[str, dict[str, Any]]) -> None:
    """What facilitators say of themselves."""
    for key, entry in entries.items():
        profiles = FacilitatorProfile.objects.filter(person=people[key])
        profiles.update(about=entry.get("about", ""))


def schedule(group: Group, when: When, *, by: Person, now: datetime) -> Series:
    """A weekly series that has been running for some weeks, with its dates of that time."""
    begun = now - timedelta(weeks=WEEKS_OF_HISTORY)
    series = add_series(
        group=group,
        by=by,
        first_on=when.first_on(begun.date()),
        starts_at_time=when.at,
        duration_minutes=when.minutes,
        rule=when.rule,
        tells=False,
    )
    generate_meetings(now=begun, series=series, check_gaps=True)
    generate_meetings(now=now, series=series)
    return series
