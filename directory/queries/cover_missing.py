"""Dates at which somebody is missing: cover is asked for, or was lost, or nobody runs them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from accounts.models import Person
from directory.choices import CoverState
from directory.models import Cover, Facilitator, Group, ImportedListing, Meeting, Moderator
from directory.models.cover import CoverQuerySet
from directory.models.meetings import MeetingQuerySet
from directory.queries.changes import UNDO_FOR
from directory.queries.cover import LOOKS_AHEAD, REQUESTED, SETTLED_BEFORE, of_who_may, still_may


def needing_somebody(dates: MeetingQuerySet) -> MeetingQuerySet:
    """Leave the dates that go ahead, and at which somebody is missing or will be.

    A group that came with a feed and was never run here has its people elsewhere.
    """
    states = (*REQUESTED, CoverState.ACCEPTED)
    asked = Cover.objects.filter(meeting=OuterRef("pk"), state__in=states)
    accepted = of_who_may(Cover.objects.accepted().filter(meeting=OuterRef("pk")))
    ever = Facilitator.objects.filter(group=OuterRef("group"))
    listed = ImportedListing.objects.filter(group=OuterRef("group"))
    nobody = ~Exists(ever.filter(ended_at=None, person__is_active=True))
    run_here = Exists(ever) | ~Exists(listed)
    missing = Exists(asked) | Q(nobody & run_here)
    return dates.of_published_groups().going_ahead().filter(~Exists(accepted)).filter(missing)


def dates_to_settle(now: datetime) -> MeetingQuerySet:
    """Return the dates that begin within two days and still need somebody, soonest first.

    Without those where there is neither an offer to take nor anybody to tell.
    """
    soon = Meeting.everything.filter(starts_at__gt=now, starts_at__lte=now + SETTLED_BEFORE)
    moderators = Moderator.objects.current().filter(organisation=OuterRef("group__organisation"))
    offers = Cover.objects.offered().filter(meeting=OuterRef("pk"))
    missing = needing_somebody(soon).filter(Exists(moderators) | Exists(offers))
    return missing.order_by("starts_at", "id")


def yeses_before_a_move(now: datetime) -> CoverQuerySet:
    """Return who said yes, and may not know yet that the date was moved since.

    A move that was made just now may still be undone.
    """
    coming = (
        Meeting.everything.of_published_groups()
        .going_ahead()
        .filter(starts_at__gt=now, updated_at__lt=now - UNDO_FOR)
    )
    return of_who_may(Cover.objects.before_a_move().filter(meeting__in=coming))


def covers_lost(now: datetime) -> CoverQuerySet:
    """Return who stands in at a coming date, and may no longer."""
    coming = Meeting.everything.of_published_groups().going_ahead().filter(starts_at__gt=now)
    return Cover.objects.promised().filter(~still_may(), meeting__in=coming)


def dates_to_staff(person: Person, now: datetime) -> MeetingQuerySet:
    """Return the dates that need somebody, of the organisations that `person` moderates."""
    groups = Group.everything.published().moderated_by(person)
    coming = Meeting.everything.filter(group__in=groups).coming(now)
    soon = coming.filter(starts_at__gt=now, starts_at__lt=now + LOOKS_AHEAD)
    return needing_somebody(soon)
