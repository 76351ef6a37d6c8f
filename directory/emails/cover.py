"""Mails about standing in at a date. All of them are about the date, to one person each."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from accounts.models import OutgoingMail, Person
from directory.choices import CoverState
from directory.emails.letters import Letter, about_date, page
from directory.models import Cover, Meeting
from directory.queries.cover import DateCover, asked_of, of_who_may, with_cover
from directory.rules.facilitating import why_not_run
from directory.rules.memberships import facilitates

# Who asked is told that somebody is missing whenever nobody is left; moderators are told once.
TO_ASKER = ":asked"


def missing(meeting: Meeting, to: str = "") -> str:
    """Return what a mail about a date and its start is about: another start is another mail."""
    return f"cover:{meeting.pk}:{int(meeting.starts_at.timestamp())}{to}"


def cover_asked(mail: OutgoingMail, person: Person) -> Letter | None:
    """Ask somebody whether they can stand in, as long as they are asked."""
    waiting = asked_of(person, timezone.now()).filter(meeting=_key(mail)).first()
    if waiting is None:
        return None
    return Letter("cover_asked", page("cover"), about_date(waiting.meeting, person))


def cover_offered(mail: OutgoingMail, person: Person) -> Letter | None:
    """Tell who asked that somebody can, as long as nobody is taken."""
    date = _date(_key(mail))
    if date is None or date.accepted or not date.offers or why_not_run(date.meeting.group, person):
        return None
    return Letter(
        "cover_offered", _page_for(date.meeting, person), about_date(date.meeting, person)
    )


def cover_accepted(mail: OutgoingMail, person: Person) -> Letter | None:
    """Tell who stands in that they do, and who asked that somebody does."""
    date = _date(_key(mail))
    if date is None or date.accepted is None:
        return None
    is_you = date.accepted.person_id == person.pk
    if not is_you and why_not_run(date.meeting.group, person):
        return None
    words = {**about_date(date.meeting, person), "is_you": is_you}
    url = page("facilitated_meeting", date.meeting.pk)
    return Letter("cover_accepted", url if is_you else _page_for(date.meeting, person), words)


def cover_not_needed(mail: OutgoingMail, person: Person) -> Letter | None:
    """Thank somebody who would have come, and is not needed any more."""
    date = _date(_key(mail))
    if date is None:
        return None
    rows = Cover.objects.asked_of(person).filter(meeting=date.meeting)
    if not of_who_may(rows).filter(state=CoverState.WITHDRAWN).exists():
        return None
    return Letter("cover_not_needed", page("cover"), about_date(date.meeting, person))


def cover_missing(mail: OutgoingMail, person: Person) -> Letter | None:
    """Tell who runs or moderates a group that nobody is there yet for a date, at this start."""
    date = _date(_key(mail))
    if date is None or not date.needs_somebody:
        return None
    if mail.about.removesuffix(TO_ASKER) != missing(date.meeting):
        return None
    if why_not_run(date.meeting.group, person):
        return None
    return Letter(
        "cover_missing", _page_for(date.meeting, person), about_date(date.meeting, person)
    )


def _key(mail: OutgoingMail) -> UUID:
    """Return the key of the date, whether or not its start stands there, too."""
    return UUID(mail.about.split(":")[1])


def _date(key: UUID) -> DateCover | None:
    """Return a date that goes ahead, is not over, and which visitors may see."""
    dates = Meeting.everything.of_published_groups().going_ahead().filter(pk=key)
    now = timezone.now()
    rows = with_cover(dates.filter(ends_at__gt=now).select_related("group__organisation"), now)
    return rows[0] if rows else None


def _page_for(meeting: Meeting, person: Person) -> str:
    """Return the page of cover of somebody who runs the group, or moderates it."""
    return page("cover" if facilitates(person, meeting.group_id) else "moderated_cover")
