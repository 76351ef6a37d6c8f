"""The mail that reminds of a date."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from accounts.models import OutgoingMail, Person
from directory.emails.batch import once
from directory.emails.letters import Letter, about_date, page
from directory.models import Meeting
from directory.queries.reminders import about_reminder, expected, lateness


def reminder(mail: OutgoingMail, person: Person) -> Letter | None:
    """Remind of a date that is as it was, of which this person wants to be reminded at this time.

    The link leads to the page, never to the online meeting.
    """
    _word, meeting_id, _start, in_words = mail.about.split(":")
    hours, now = int(in_words), timezone.now()
    meeting = _meeting_of(UUID(meeting_id), person)
    if meeting is None or meeting.starts_at <= now or hours not in person.reminder_hours:
        return None
    too_late = meeting.starts_at - timedelta(hours=hours) + lateness(hours) < now
    if too_late or mail.about != about_reminder(meeting, hours):
        return None
    return Letter("reminder", page("my_meeting", meeting.pk), about_date(meeting, person))


def _meeting_of(meeting_id: UUID, person: Person) -> Meeting | None:
    """Return the date, if this person is to come to it."""
    people = once(
        ("expected", meeting_id),
        lambda: set(
            expected(timezone.now()).filter(meeting=meeting_id).values_list("person_id", flat=True)
        ),
    )
    if person.id not in people:
        return None
    return once(
        ("date", meeting_id),
        lambda: Meeting.everything.select_related("group").filter(pk=meeting_id).first(),
    )
