"""Mails about a place that is held for somebody, and about room in a group that was full."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from accounts.models import OutgoingMail, Person
from directory.choices import SeatState
from directory.emails.letters import Letter, about, page, when
from directory.models import Consent, RoomWatch, Seat
from directory.queries.memberships import is_full
from directory.queries.roster import seats_held
from directory.text.spoken_times import spoken_weekday


def seat_offered(mail: OutgoingMail, person: Person) -> Letter | None:
    """Tell somebody who waits that a place is held for them, and until when.

    The link leads to the page with the two buttons; opening it changes nothing.
    """
    seat = (
        seats_held()
        .filter(id=about(mail), person=person, state=SeatState.OFFERED)
        .select_related("meeting__group")
        .first()
    )
    if seat is None or not seat.is_offered or seat.meeting.is_cancelled:
        return None
    return Letter("seat_offered", page("my_meeting", seat.meeting_id), _words(seat, person))


def _words(seat: Seat, person: Person) -> dict[str, object]:
    meeting, until = seat.meeting, seat.offer_expires_at
    assert until is not None  # noqa: S101 (an offer has an end, by constraint)
    zone = meeting.time_zone
    return {
        "weekday": spoken_weekday(until.astimezone(ZoneInfo(zone)).date()),
        "until": when(until, None, zone, person),
        "when": when(meeting.starts_at, meeting.ends_at, zone, person),
        "group": meeting.group,
    }


def room_again(mail: OutgoingMail, person: Person) -> Letter | None:
    """Tell somebody who asked for it that there is room in a group, while there is.

    The link names no group: one's own page leads on.
    """
    watches = RoomWatch.objects.select_related("group").filter(id=about(mail), person=person)
    watch = watches.first()
    if watch is None or not watch.group.is_published or is_full(watch.group):
        return None
    if not Consent.objects.standing().filter(person=person, group=watch.group_id).exists():
        return None
    return Letter("room_again", f"{page('my_meetings')}#room", {"group": watch.group})
