"""Seats as rows: written, changed, noted."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accounts.audit import record
from accounts.models import Person
from accounts.references import reference_to
from directory.choices import SeatState
from directory.models import Meeting, Organisation, Seat


def write_seat(
    seat: Seat | None, person: Person, meeting: Meeting, *, state: str, **fields: Any
) -> Seat:
    """Write the person's one row for this date, asked for now: who comes again queues again."""
    now = timezone.now()
    fields |= {"state": state, "asked_at": now, "queued_at": now, "changed_at": now}
    fields["offer_expires_at"] = None
    if seat is None:
        seat = Seat(meeting=meeting, person=person, **fields)
        seat.save(force_insert=True)
        return seat
    for name, value in fields.items():
        setattr(seat, name, value)
    seat.save(update_fields=fields.keys())
    return seat


def set_state(seat: Seat, state: str, **fields: Any) -> None:
    """Change where a seat stands; an offer ends with it, unless `fields` give its end."""
    fields = {"offer_expires_at": None, **fields, "state": state, "changed_at": timezone.now()}
    for name, value in fields.items():
        setattr(seat, name, value)
    seat.save(update_fields=fields.keys())


def release(seat: Seat) -> None:
    """Give a seat back that nobody dropped: it may be made again, when what it rested on is back.

    Its marks are that it rests on nothing any more.
    """
    set_state(seat, SeatState.GIVEN_BACK, membership=None, acceptance=None, consent=None)


def note_seat(seat: Seat, *, by: Person | None, action: str, **detail: Any) -> None:
    """Write a line of the audit trail about a seat."""
    organisation = reference_to(Organisation, seat.meeting.group.organisation_id)
    record(by=by, action=action, about=seat, organisation=organisation, state=seat.state, **detail)
