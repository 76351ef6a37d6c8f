"""Mails about places: held for somebody, no longer there, in another way, free again."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import OutgoingMail, Person
from directory.choices import Format, SeatState
from directory.emails.letters import Letter, about, about_date, page, when
from directory.models import Consent, Group, Meeting, RoomWatch, Seat
from directory.queries.room_watches import has_free_place, has_room
from directory.queries.roster import seats_held

# Twelve weeks of a weekly group.
DATES_IN_SIGHT = 12


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
    words = about_date(meeting, person, weekday_of=until)
    return words | {"until": when(until, None, meeting.time_zone, person)}


def seat_waits(mail: OutgoingMail, person: Person) -> Letter | None:
    """Tell somebody that a date has fewer places now, and that they are first in line there."""
    seats = seats_held().filter(id=about(mail), person=person, state=SeatState.WAITING)
    seat = seats.select_related("meeting__group").first()
    if seat is None or seat.meeting.is_cancelled or seat.meeting.starts_at <= timezone.now():
        return None
    words = about_date(seat.meeting, person)
    return Letter("seat_waits", page("my_meeting", seat.meeting_id), words)


def format_changed(mail: OutgoingMail, person: Person) -> Letter | None:
    """Tell somebody with a place at a coming date in which way the group meets from now on.

    Where they can come in both ways by now, there is nothing to tell.
    """
    coming = Meeting.objects.filter(group=about(mail)).coming().going_ahead().order_by()
    held = seats_held().filter(person=person, meeting__in=coming.values("pk"))
    seat = held.select_related("meeting__group").first()
    if seat is None or seat.meeting.group.format == Format.HYBRID:
        return None
    group = seat.meeting.group
    words = {"is_online": group.format == Format.ONLINE, "group": group}
    return Letter("format_changed", page("my_meetings"), words)


def _has_some_room(group: Group) -> bool:
    """Whether one can join now, or come to one of the dates that are in sight."""
    coming = Meeting.objects.filter(group=group).going_ahead().coming().select_related("group")
    return has_room(group) or any(has_free_place(meeting) for meeting in coming[:DATES_IN_SIGHT])


def room_again(mail: OutgoingMail, person: Person) -> Letter | None:
    """Tell somebody who asked for it that there is room in a group, while there is.

    The link names no group: one's own page leads on.
    """
    watches = RoomWatch.objects.select_related("group").filter(id=about(mail), person=person)
    watch = watches.first()
    if watch is None or not _has_some_room(watch.group):
        return None
    if not Consent.objects.standing().filter(person=person, group=watch.group_id).exists():
        return None
    return Letter("room_again", f"{page('my_meetings')}#room", {"group": watch.group})
