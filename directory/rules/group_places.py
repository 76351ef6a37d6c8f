"""Whether a group can have so few places.

How many people hold one is not told: moderators see no small totals. Yes and no tell it as well, to
somebody who tries one number after the other. So who does not run the group can set a number under
ten only now and then, and the audit trail keeps each try.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Count, F, Q, Sum, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import AuditEntry, Person
from accounts.references import reference
from directory.choices import Format, GroupStatus, MeetingStatus
from directory.models import Group, Membership, Seat
from directory.queries.moderation import SMALLEST_TOLD
from directory.refusals import Refusal
from directory.rules.memberships import facilitates

TOO_FEW_MEMBERS = Refusal(
    "capacity", _("More people than that are in the group already. Choose a higher number.")
)
TOO_FEW_PLACES = Refusal(
    "meeting_capacity",
    _("More people than that have a place at a coming date already. Choose a higher number."),
)
TOO_FEW_ONLINE = Refusal("online_capacity", TOO_FEW_PLACES.message)
TOO_FEW_TOGETHER = Refusal(
    "meeting_capacity",
    _(
        "At a coming date more people than that have a place, in the room and from home together. "
        "Choose a higher number, so that all of them can come in the same way."
    ),
)
TOO_FEW_OF_A_DATE = Refusal(
    "format",
    _(
        "A coming date has a number of places of its own, and more people than that have one there "
        "already. Ask whoever runs the group to give that date more places first."
    ),
)


TRIES_A_WEEK = 2
A_WEEK = timedelta(days=7)
TRIED = "group.places_tried"
NUMBERS = ("capacity", "meeting_capacity", "online_capacity")


def numbers_that_tell(group: Group, by: Person | None, values: Mapping[str, Any]) -> list[str]:
    """Return the numbers by which this person would learn, refused or not, how few are in a group.

    Not for who runs it and sees them anyway, nor for a draft, in which nobody is.
    """
    if by is None or group.status == GroupStatus.DRAFT or facilitates(by, group.pk):
        return []
    lower = (name for name in NUMBERS if _gets_lower(group, values, name))
    return [name for name in lower if values[name] < SMALLEST_TOLD]


def why_not_try(group: Group, number: str, now: datetime) -> Refusal | None:
    """Say why a number under ten cannot be set now, whatever it is."""
    tries = AuditEntry.objects.filter(about=reference(group), action=TRIED, at__gt=now - A_WEEK)
    if tries.count() < TRIES_A_WEEK:
        return None
    return Refusal(
        number,
        _(
            "A number under ten can be set twice a week, so that nobody finds out by trying how "
            "many people are in the group. Please wait some days, or set ten or more."
        ),
    )


def why_not_so_few_places(group: Group, values: Mapping[str, Any]) -> list[Refusal]:
    """Say which of a group's numbers of places are below what is taken; `group` is as saved.

    Only a number that gets lower is looked at. Dates with a number of their own go by that.
    """
    return list(_too_few(group, values))


def _too_few(group: Group, values: Mapping[str, Any]) -> Iterator[Refusal]:
    members = Membership.objects.active().filter(group=group)
    if _gets_lower(group, values, "capacity") and members.count() > values["capacity"]:
        yield TOO_FEW_MEMBERS
    was, becomes = group.format, values.get("format") or group.format
    if was == Format.HYBRID and becomes != Format.HYBRID:
        yield from _too_few_for_all(
            group, values, "meeting_capacity", companions=becomes != Format.ONLINE
        )
    elif was == Format.ONLINE and becomes == Format.HYBRID:
        # Who took part from home still does.
        yield from _too_few_for_all(group, values, "online_capacity", companions=False)
    else:
        yield from _too_few_as_before(group, values, is_hybrid=becomes == Format.HYBRID)


def _too_few_as_before(
    group: Group, values: Mapping[str, Any], *, is_hybrid: bool
) -> Iterator[Refusal]:
    in_the_room = Q(is_online=False) if is_hybrid else Q()
    if _gets_lower(group, values, "meeting_capacity"):
        own = Q(meeting__capacity=None) & in_the_room
        if _most_taken(group, own) > values["meeting_capacity"]:
            yield TOO_FEW_PLACES
    if is_hybrid and _gets_lower(group, values, "online_capacity"):
        own = Q(meeting__online_capacity=None, is_online=True)
        if _most_taken(group, own) > values["online_capacity"]:
            yield TOO_FEW_ONLINE


def _too_few_for_all(
    group: Group, values: Mapping[str, Any], name: str, *, companions: bool
) -> Iterator[Refusal]:
    """Count everybody against one number, that of the way in which all of them come then."""
    number = values[name] if name in values else getattr(group, name)
    own = f"meeting__{name.removeprefix('meeting_')}"
    if number and _most_taken(group, Q(**{own: None}), companions=companions) > number:
        yield TOO_FEW_ONLINE if name == "online_capacity" else TOO_FEW_TOGETHER
    if _is_too_full(group, own, companions=companions):
        yield TOO_FEW_OF_A_DATE


def _gets_lower(group: Group, values: Mapping[str, Any], name: str) -> bool:
    now, wanted = getattr(group, name), values.get(name)
    return bool(wanted) and (now is None or wanted < now)


def _most_taken(group: Group, which: Q, *, companions: bool = True) -> int:
    """Return the places held at the coming date that has the most; a companion takes one too."""
    by_date = _taken(group, which, companions=companions).order_by("-taken")
    return by_date.values_list("taken", flat=True).first() or 0


def _is_too_full(group: Group, own: str, *, companions: bool) -> bool:
    """Whether a date with a number of its own, in the field `own`, has more places taken."""
    taken = _taken(group, Q(**{f"{own}__isnull": False}), companions=companions)
    return taken.filter(taken__gt=F(own)).exists()


def _taken(group: Group, which: Q, *, companions: bool) -> Any:
    seats = Seat.objects.taking_room().filter(
        which,
        meeting__group=group,
        meeting__status=MeetingStatus.SCHEDULED,
        meeting__starts_at__gt=timezone.now(),
    )
    brought = Sum(Case(When(brings_companion=True, then=Value(1)), default=Value(0)))
    number = Count("pk") + brought if companions else Count("pk")
    return seats.order_by().values("meeting").annotate(taken=number)
