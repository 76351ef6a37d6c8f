"""Mails about a date: cancelled, moved."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from accounts.models import OutgoingMail, Person
from directory.emails import kinds
from directory.emails.batch import once
from directory.emails.letters import Letter, about, about_date, page, when
from directory.models import Meeting, ScheduleChange
from directory.queries.changes import concerned_by
from directory.queries.roster import signed_up
from directory.queries.told import change_that_tells, dates_to_tell


def date_changed(mail: OutgoingMail, person: Person) -> Letter | None:
    """Tell that a date does not take place, or is at another time: as it is now.

    It may have been changed again since by somebody who told nobody of that alone.
    """
    meeting = _changed(mail, person)
    if meeting is None:
        return None
    change = once(("change", meeting.pk, meeting.version), lambda: change_that_tells(meeting))
    if change is None:
        is_to_tell = meeting.is_cancelled == (mail.kind == kinds.MEETING_CANCELLED)
    else:
        is_to_tell = meeting.pk in once(("to tell", change.pk), lambda: _to_tell(change))
    if not is_to_tell:
        return None
    reason = meeting.reason or (change.reason if change else "")
    return (_cancelled if meeting.is_cancelled else _moved)(meeting, person, reason)


def _to_tell(change: ScheduleChange) -> set[UUID]:
    return {date.id for date in dates_to_tell(change)}


def _cancelled(meeting: Meeting, person: Person, reason: str) -> Letter:
    words = about_date(meeting, person) | {"reason": reason}
    return Letter("meeting_cancelled", _page_for(meeting, person), words)


def _moved(meeting: Meeting, person: Person, reason: str) -> Letter:
    words = about_date(meeting, person, weekday_of=meeting.before)
    words |= {"reason": reason, "planned": ""}
    if meeting.is_moved:
        words["planned"] = when(meeting.before, None, meeting.time_zone, person)
    return Letter("meeting_moved", _page_for(meeting, person), words)


def _changed(mail: OutgoingMail, person: Person) -> Meeting | None:
    """Return the date while the mail is the one about its last change, and still concerns them.

    A date's version rises with every change of its times. Mails that wait go along with a change
    of which people are not told by itself.
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
