"""Dates at which somebody waits although a place is free for them, after what happened elsewhere.

Kept places become everybody's as the start comes near, and who gave a place back at one date is
new at the next: neither is an event of the date itself.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils import timezone

from directory.choices import Format, GroupStatus, MeetingStatus, SeatState
from directory.queries.seats import OPEN_TO_ALL, kept_until

OWED = f"""
SELECT meeting.id
FROM directory_group AS here
JOIN directory_meeting AS meeting ON meeting.group_id = here.id
WHERE here.first_timer_places > 0 AND here.status = '{GroupStatus.PUBLISHED.value}'
  AND meeting.status = '{MeetingStatus.SCHEDULED.value}' AND meeting.starts_at > %(open_to_all)s
  AND EXISTS (
    SELECT FROM directory_seat AS waits
    WHERE waits.meeting_id = meeting.id AND waits.state = '{SeatState.WAITING.value}'
      AND NOT (here.format = '{Format.HYBRID.value}' AND waits.is_online)
      AND (meeting.starts_at <= %(kept_until)s OR NOT EXISTS (
        SELECT FROM directory_seat AS earlier
        JOIN directory_meeting AS before ON before.id = earlier.meeting_id
        WHERE earlier.person_id = waits.person_id
          AND (earlier.state = '{SeatState.CONFIRMED.value}'
            OR earlier.state = '{SeatState.OFFERED.value}' AND earlier.offer_expires_at > %(now)s)
          AND before.group_id = here.id AND before.starts_at < meeting.starts_at
          AND before.status = '{MeetingStatus.SCHEDULED.value}')))
  AND coalesce(meeting.capacity, here.meeting_capacity) > (
    SELECT coalesce(sum(1 + taken.brings_companion::int), 0)
    FROM directory_seat AS taken
    WHERE taken.meeting_id = meeting.id
      AND (taken.state = '{SeatState.CONFIRMED.value}'
        OR taken.state = '{SeatState.OFFERED.value}' AND taken.offer_expires_at > %(now)s)
      AND NOT (here.format = '{Format.HYBRID.value}' AND taken.is_online))
ORDER BY meeting.starts_at, meeting.id
"""  # noqa: S608 (made of our own words only)


def dates_owing_places(now: datetime | None = None) -> list[UUID]:
    """Return the dates of groups that keep places at which one may be owed, soonest first."""
    now = now or timezone.now()
    values = {"now": now, "open_to_all": now + OPEN_TO_ALL, "kept_until": kept_until(now)}
    with connection.cursor() as cursor:
        cursor.execute(OWED, values)
        return [key for (key,) in cursor.fetchall()]
