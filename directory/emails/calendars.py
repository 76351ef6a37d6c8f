"""The mail about the address of somebody's own calendar."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import OutgoingMail, Person
from directory.emails.letters import Letter, page
from directory.queries.private_calendar import about_ending, calendar_of
from directory.text.spoken_times import spoken_date


def calendar_ends(mail: OutgoingMail, person: Person) -> Letter | None:
    """Tell that an address ends soon, while it is still that one and has not ended."""
    calendar = calendar_of(person)
    if calendar is None or calendar.expires_at <= timezone.now():
        return None
    if mail.about != about_ending(calendar):
        return None
    words = {"day": spoken_date(timezone.localdate(calendar.expires_at))}
    return Letter("calendar_ends", page("my_calendar"), words)
