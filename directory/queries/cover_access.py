"""What who stands in sees of a date, and from when on.

From the yes on it is when and where. Who comes, and how to get in, opens shortly before: months
ahead, a yes would be an easy way to read the list of a group.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from accounts.models import Person
from directory.models import Cover, Meeting
from directory.models.meetings import MeetingQuerySet
from directory.queries.cover import of_who_may

# Who stands in still counts the day after how many came.
COVERS_FOR = timedelta(days=1)


def covers_date(person: Person, meeting: Meeting, now: datetime) -> bool:
    """Tell whether this person said that they stand in at this very date; a day after it, no more.

    After a move they still read when it is, and are asked whether they can come then.
    """
    return covered_by(person, now).filter(pk=meeting.pk).exists()


def covered_by(person: Person, now: datetime) -> MeetingQuerySet:
    """Return the dates at which this person said they stand in, until a day after each."""
    promised = of_who_may(Cover.objects.promised().asked_of(person))
    dates = Meeting.everything.filter(pk__in=promised.values("meeting"))
    return dates.filter(ends_at__gt=now - COVERS_FOR)


def opens_to_cover_at(meeting: Meeting) -> datetime:
    """Return from when on who stands in sees who comes and how to get in."""
    return meeting.starts_at - timedelta(hours=settings.COVER_OPENS_HOURS)


def open_to_cover(person: Person, now: datetime) -> MeetingQuerySet:
    """Return the dates of which this person sees, standing in, who comes and how to get in.

    All of it holds at once, and the database is asked all of it: their yes was taken, is for the
    start as it is now, and they still run a group of the organisation; the group is public; the
    date begins within `COVER_OPENS_HOURS`, and ended less than a day ago.
    """
    accepted = of_who_may(Cover.objects.accepted().asked_of(person))
    return Meeting.everything.of_published_groups().filter(
        pk__in=accepted.values("meeting"),
        starts_at__lte=now + timedelta(hours=settings.COVER_OPENS_HOURS),
        ends_at__gt=now - COVERS_FOR,
    )


def is_open_to_cover(person: Person, meeting: Meeting, now: datetime) -> bool:
    """Tell whether this person sees, standing in, who comes to a date and how to get in."""
    return open_to_cover(person, now).filter(pk=meeting.pk).exists()
