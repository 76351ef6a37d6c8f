"""Dates whose seats are to be brought into line with what happened elsewhere.

Kept places become everybody's as the start comes near; who gave a place back at one date, or would
have come to one that was cancelled, is new at the next; a group may come to have fewer places while
a date is cancelled: none of these is an event of the date itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils import timezone

from directory.choices import Format, GroupStatus, MeetingStatus, SeatState
from directory.queries.seats import OPEN_TO_ALL, had_earlier_place, kept_until

EARLIER = had_earlier_place(
    person="one.person_id", group="candidates.group_id", starts_at="candidates.starts_at"
)
# First the few dates with a free place and somebody who waits, then for whom that place is.
OWED = f"""
WITH candidates AS MATERIALIZED (
    SELECT meeting.id, meeting.starts_at, meeting.group_id,
        here.format = '{Format.HYBRID.value}' AS is_hybrid,
        coalesce(meeting.capacity, here.meeting_capacity) AS capacity,
        CASE WHEN meeting.starts_at <= %(kept_until)s THEN 0
            ELSE here.first_timer_places END AS kept
    FROM directory_group AS here
    JOIN directory_meeting AS meeting ON meeting.group_id = here.id
    CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE one.state = '{SeatState.WAITING.value}') AS waiting,
            coalesce(sum(1 + one.brings_companion::int) FILTER (
                WHERE one.state = '{SeatState.CONFIRMED.value}'
                  OR one.state = '{SeatState.OFFERED.value}' AND one.offer_expires_at > %(now)s
            ), 0) AS taken
        FROM directory_seat AS one
        WHERE one.meeting_id = meeting.id
          AND NOT (here.format = '{Format.HYBRID.value}' AND one.is_online)
    ) AS places
    WHERE here.first_timer_places > 0 AND here.status = '{GroupStatus.PUBLISHED.value}'
      AND meeting.status = '{MeetingStatus.SCHEDULED.value}'
      AND meeting.starts_at > %(open_to_all)s
      AND places.waiting > 0 AND places.taken < coalesce(meeting.capacity, here.meeting_capacity)
)
SELECT candidates.id
FROM candidates
CROSS JOIN LATERAL (
    SELECT bool_or(seat.state = '{SeatState.WAITING.value}' AND seat.is_first) AS first_waits,
        coalesce(sum(seat.places) FILTER (WHERE seat.takes_room AND seat.is_first), 0) AS by_first,
        coalesce(sum(seat.places) FILTER (WHERE seat.takes_room AND NOT seat.is_first), 0)
            AS by_others
    FROM (
        SELECT one.state, 1 + one.brings_companion::int AS places,
            one.state = '{SeatState.CONFIRMED.value}'
                OR one.state = '{SeatState.OFFERED.value}' AND one.offer_expires_at > %(now)s
                AS takes_room,
            NOT {EARLIER} AS is_first
        FROM directory_seat AS one
        WHERE one.meeting_id = candidates.id AND NOT (candidates.is_hybrid AND one.is_online)
        OFFSET 0
    ) AS seat
) AS places
WHERE places.first_waits OR capacity > by_others + greatest(kept, by_first)
ORDER BY candidates.starts_at, candidates.id
"""  # noqa: S608 (made of our own words only)

TOO_FULL = f"""
SELECT meeting.id
FROM directory_meeting AS meeting
JOIN directory_group AS here ON here.id = meeting.group_id
CROSS JOIN LATERAL (
    SELECT sum(1 + taken.brings_companion::int) AS all_of_them,
        sum(1 + taken.brings_companion::int) FILTER (WHERE taken.is_online) AS from_home,
        sum(1 + taken.brings_companion::int) FILTER (WHERE NOT taken.is_online) AS in_the_room
    FROM directory_seat AS taken
    WHERE taken.meeting_id = meeting.id
      AND (taken.state = '{SeatState.CONFIRMED.value}'
        OR taken.state = '{SeatState.OFFERED.value}' AND taken.offer_expires_at > %(now)s)
) AS places
WHERE meeting.id = ANY(%(meetings)s) AND meeting.status = '{MeetingStatus.SCHEDULED.value}'
  AND meeting.starts_at > %(now)s
  AND CASE WHEN here.format = '{Format.HYBRID.value}'
    THEN in_the_room > coalesce(meeting.capacity, here.meeting_capacity)
      OR from_home > coalesce(meeting.online_capacity, here.online_capacity)
    ELSE all_of_them > coalesce(meeting.capacity, here.meeting_capacity) END
"""  # noqa: S608 (made of our own words only)


def dates_owing_places(now: datetime | None = None) -> list[UUID]:
    """Return the dates of groups that keep places at which one may be owed, soonest first."""
    now = now or timezone.now()
    values = {"now": now, "open_to_all": now + OPEN_TO_ALL, "kept_until": kept_until(now)}
    with connection.cursor() as cursor:
        cursor.execute(OWED, values)
        return [key for (key,) in cursor.fetchall()]


def dates_too_full(meetings: Iterable[UUID]) -> list[UUID]:
    """Return which of these dates have fewer places than are taken or held."""
    with connection.cursor() as cursor:
        cursor.execute(TOO_FULL, {"meetings": list(meetings), "now": timezone.now()})
        return [key for (key,) in cursor.fetchall()]
