"""Mails about a date: cancelled, moved."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import OutgoingMail, Person
from directory.emails.batch import once
from directory.emails.letters import Letter, about, about_date, page, when
from directory.models import Meeting
from directory.queries.changes import concerned_by
from directory.queries.roster import signed_up


def meeting_cancelled(mail: OutgoingMail, person: Person) -> Letter | None:
    """Tell that a date does not take place."""
    meeting = _changed(mail, person)
    if meeting is None or not meeting.is_cancelled:
        return None
    words = about_date(meeting, person) | {"reason": meeting.reason}
    return Letter("meeting_cancelled", _page_for(meeting, person), words)


def meeting_moved(mail: OutgoingMail, person: Person) -> Letter | None:
    """Tell that a date is at another time."""
    meeting = _changed(mail, person)
    if meeting is None or meeting.is_cancelled:
        return None
    words = about_date(meeting, person, weekday_of=meeting.before)
    words |= {"reason": meeting.reason, "planned": ""}
    if meeting.is_moved:
        words["planned"] = when(meeting.before, None, meeting.time_zone, person)
    return Letter("meeting_moved", _page_for(meeting, person), words)


def _changed(mail: OutgoingMail, person: Person) -> Meeting | None:
    """Return the date while it is as it was when the mail became owed, and still concerns them.

    A date's version rises with every change that people are told of, and with no other.
    """
    meeting = once(("meeting", mail.about, mail.version), lambda: _at_version(mail))
    if meeting is None or _is_over(meeting):
        return None
    people = once(
        ("concerned", meeting.pk),
        lambda: set(concerned_by(meeting.group_id, [meeting]).values_list("id", flat=True)),
    )
    return meeting if person.id in people else None


def _at_version(mail: OutgoingMail) -> Meeting | None:
    found = Meeting.everything.filter(id=about(mail), version=mail.version)
    return found.select_related("group").first()


def _is_over(meeting: Meeting) -> bool:
    return max(meeting.ends_at, meeting.before) <= timezone.now()


def _page_for(meeting: Meeting, person: Person) -> str:
    """Return the page of somebody who comes, or else of the one who runs it."""
    people = once(
        ("signed up", meeting.pk),
        lambda: set(signed_up(meeting).values_list("id", flat=True)),
    )
    return page("my_meeting" if person.id in people else "facilitated_meeting", meeting.id)
