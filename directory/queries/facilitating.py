"""What a facilitator's pages show: dates to come, what waits for an answer, who is in a group.

People appear under their display names and nothing else: no address leaves this module.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce

from accounts.models import Person
from directory.choices import AgreementKind
from directory.models import (
    Acceptance,
    AgreementVersion,
    Group,
    Meeting,
    Membership,
    PlaceAccess,
    Seat,
)
from directory.models.meetings import MeetingQuerySet
from directory.queries.cover_access import covered_by, open_to_cover
from directory.queries.roster import members

COUNTED_LATER = timedelta(days=14)
DATES_SHOWN = 8


@dataclass(frozen=True)
class OnList:
    """One line of a roster or of a list of seats."""

    name: str
    would_rather_listen: bool
    access_needs: str
    has_agreed: bool


def facilitated_groups(person: Person) -> QuerySet[Group]:
    """Return the groups that `person` facilitates now, by name."""
    return Group.everything.facilitated_by(person).select_related("organisation", "place")


def coming_dates(
    groups: list[Group], now: datetime, person: Person | None = None
) -> QuerySet[Meeting]:
    """Return the dates of these groups that are not over, soonest first, with seats counted.

    With a `person` also those at which they stand in for others: their seats are counted, and
    `is_open`, from when on this person sees who comes.
    """
    own = Q(group__in=groups)
    others = covered_by(person, now).values("pk") if person else []
    opened = Q(pk__in=open_to_cover(person, now).values("pk")) if person else Q(pk__in=[])
    dates = Meeting.everything.filter(own | Q(pk__in=others)).coming(now)
    dates = dates.annotate(stands_in=~own, is_open=own | opened)
    return _with_seats(dates).select_related("group__place")


def today_and_next(
    groups: list[Group], now: datetime, person: Person
) -> tuple[list[Meeting], list[Meeting]]:
    """Return the dates of today, by the clock of each, and the next ones after them."""
    dates = list(coming_dates(groups, now, person)[: 3 * DATES_SHOWN])
    today = [date for date in dates if is_today(date, now)]
    later = [date for date in dates if date not in today]
    return today, later[:DATES_SHOWN]


def is_today(meeting: Meeting, now: datetime) -> bool:
    """Tell whether a date begins today, or has begun, where it takes place."""
    zone = ZoneInfo(meeting.time_zone)
    return meeting.starts_at.astimezone(zone).date() <= now.astimezone(zone).date()


def dates_to_count(groups: list[Group], now: datetime, person: Person) -> QuerySet[Meeting]:
    """Return the dates of the last two weeks that are over and whose heads nobody counted.

    With those at which this person stood in for others.
    """
    over = Meeting.everything.filter(
        Q(group__in=groups) | Q(pk__in=open_to_cover(person, now).values("pk")),
        ends_at__range=(now - COUNTED_LATER, now),
        attendance=None,
    )
    return over.going_ahead().select_related("group").order_by("-starts_at", "id")


def requests_waiting(groups: list[Group]) -> QuerySet[Membership]:
    """Return the requests to join these groups that wait for an answer, oldest first."""
    asked = Membership.objects.asked().filter(group__in=groups)
    return asked.select_related("group", "person").order_by("asked_at", "id")


def waiting_list(group: Group) -> list[str]:
    """Return the names of those who wait for a place in the group, longest first."""
    waiting = Membership.objects.waiting().filter(group=group)
    return list(waiting.values_list("person__display_name", flat=True))


def roster(group: Group) -> list[OnList]:
    """Return the members of a group, by name."""
    rows = members().filter(group=group).order_by("person__display_name", "id")
    return _lines(rows, name="person__display_name", standing="")


def way_in(group: Group) -> PlaceAccess | None:
    """Return how facilitators get into the room: code, key, setting up."""
    return PlaceAccess.objects.filter(place=group.place_id).first() if group.place_id else None


def _with_seats(dates: MeetingQuerySet) -> MeetingQuerySet:
    taken = (
        Seat.objects.confirmed()
        .filter(meeting=OuterRef("pk"))
        .order_by()
        .values("meeting")
        .annotate(number=Count("pk"))
        .values("number")
    )
    count = Coalesce(Subquery(taken, output_field=IntegerField()), 0)
    return dates.annotate(seats_taken=Case(When(is_open=True, then=count)))


def _lines(rows: QuerySet[Any], *, name: str, standing: str) -> list[OnList]:
    """Read lines; `standing` leads from the row to the membership that holds the answers."""
    in_force = AgreementVersion.objects.in_force(AgreementKind.CONFIDENTIALITY).values("pk")[:1]
    agreed = Acceptance.objects.filter(person=OuterRef("person"), version=in_force)
    listens, needs = f"{standing}would_rather_listen", f"{standing}access_needs"
    values = rows.annotate(agreed=Exists(agreed)).values_list(name, listens, needs, "agreed")
    return [
        OnList(shown, would_rather_listen=bool(listen), access_needs=need or "", has_agreed=agree)
        for shown, listen, need, agree in values
    ]
