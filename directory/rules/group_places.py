"""Whether a group can have so few places.

How many people hold one is not told: moderators see no small totals.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Case, Count, Q, Sum, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.choices import Format, MeetingStatus
from directory.models import Group, Membership, Seat
from directory.refusals import Refusal

TOO_FEW_MEMBERS = Refusal(
    "capacity", _("More people than that are in the group already. Choose a higher number.")
)
TOO_FEW_PLACES = Refusal(
    "meeting_capacity",
    _("More people than that have a place at a coming date already. Choose a higher number."),
)
TOO_FEW_ONLINE = Refusal("online_capacity", TOO_FEW_PLACES.message)


def why_not_so_few_places(group: Group, values: Mapping[str, Any]) -> list[Refusal]:
    """Say which of a group's numbers of places are below what is taken; `group` is as saved.

    Only a number that gets lower is looked at. Dates with a number of their own go by that.
    """
    return list(_too_few(group, values))


def _too_few(group: Group, values: Mapping[str, Any]) -> Iterator[Refusal]:
    members = Membership.objects.active().filter(group=group)
    if _gets_lower(group, values, "capacity") and members.count() > values["capacity"]:
        yield TOO_FEW_MEMBERS
    is_hybrid = values.get("format", group.format) == Format.HYBRID
    in_the_room = Q(is_online=False) if is_hybrid else Q()
    if _gets_lower(group, values, "meeting_capacity"):
        own = Q(meeting__capacity=None) & in_the_room
        if _most_taken(group, own) > values["meeting_capacity"]:
            yield TOO_FEW_PLACES
    if is_hybrid and _gets_lower(group, values, "online_capacity"):
        own = Q(meeting__online_capacity=None, is_online=True)
        if _most_taken(group, own) > values["online_capacity"]:
            yield TOO_FEW_ONLINE


def _gets_lower(group: Group, values: Mapping[str, Any], name: str) -> bool:
    now, wanted = getattr(group, name), values.get(name)
    return bool(wanted) and (now is None or wanted < now)


def _most_taken(group: Group, which: Q) -> int:
    """Return the places held at the coming date that has the most; a companion takes one too."""
    seats = Seat.objects.taking_room().filter(
        which,
        meeting__group=group,
        meeting__status=MeetingStatus.SCHEDULED,
        meeting__starts_at__gt=timezone.now(),
    )
    companions = Sum(Case(When(brings_companion=True, then=Value(1)), default=Value(0)))
    by_date = seats.order_by().values("meeting").annotate(taken=Count("pk") + companions)
    return by_date.order_by("-taken").values_list("taken", flat=True).first() or 0
