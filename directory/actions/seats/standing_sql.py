"""The statement that writes the places which members have, whatever the number of dates.

What of a date's places is taken, and who waits, is read as in `directory.queries.seats.ROOM`; the
dates are locked before. A seat that was given back and rests on nothing was taken from a member
who left or was away, and not dropped by themselves: it is made again.
"""

from __future__ import annotations

from directory.choices import Format, Joining, MeetingStatus, MembershipState, SeatState
from directory.queries.seats import had_earlier_place

CONFIRMED, WAITING = SeatState.CONFIRMED.value, SeatState.WAITING.value
OFFERED, GIVEN_BACK = SeatState.OFFERED.value, SeatState.GIVEN_BACK.value

RELEASED = f"seat.state = '{GIVEN_BACK}' AND seat.membership_id IS NULL AND seat.consent_id IS NULL"

DUE = f"""
    FROM directory_meeting AS meeting
    JOIN directory_group AS here ON here.id = meeting.group_id
    JOIN directory_membership AS member ON member.group_id = here.id
        AND member.state = '{MembershipState.ACTIVE.value}'
    WHERE (%(all)s OR meeting.id = ANY(%(meetings)s))
      AND (%(membership)s::uuid IS NULL OR member.id = %(membership)s)
      AND meeting.status = '{MeetingStatus.SCHEDULED.value}' AND meeting.starts_at > %(now)s
      AND here.joining <> '{Joining.JUST_COME.value}'
      AND NOT coalesce(here.releases_absent AND meeting.local_day
        BETWEEN member.away_from AND coalesce(member.away_until, 'infinity'), false)
      AND NOT EXISTS (
        SELECT FROM directory_seat AS seat
        WHERE seat.meeting_id = meeting.id AND seat.person_id = member.person_id
          AND NOT ({RELEASED}))"""

GAPS = f"SELECT DISTINCT meeting.id {DUE}"


def _had_earlier_place(person: str) -> str:
    return had_earlier_place(person=person, group="due.group_id", starts_at="due.starts_at")


INSERT = f"""
WITH due AS (
    SELECT meeting.id AS meeting_id, meeting.starts_at, here.id AS group_id, member.person_id,
        member.id AS membership_id, member.joined_at,
        here.format = '{Format.HYBRID.value}' AS is_hybrid,
        here.format = '{Format.HYBRID.value}' AND member.comes_online AS is_online,
        CASE WHEN here.format = '{Format.HYBRID.value}' AND member.comes_online
            THEN coalesce(meeting.online_capacity, here.online_capacity)
            ELSE coalesce(meeting.capacity, here.meeting_capacity) END AS capacity,
        CASE WHEN here.format = '{Format.HYBRID.value}' AND member.comes_online
                OR meeting.starts_at <= %(kept_until)s
            THEN 0 ELSE here.first_timer_places END AS kept
    {DUE}
), asked AS (
    -- Of a group that keeps places one date is written at a time: what an earlier one gave counts.
    SELECT due.*, due.kept > 0 AND NOT {_had_earlier_place("due.person_id")} AS is_first
    FROM due
), ranked AS (
    SELECT asked.*,
        row_number() OVER (PARTITION BY meeting_id, is_online ORDER BY joined_at, membership_id)
            AS turn,
        row_number() OVER (
            PARTITION BY meeting_id, is_online, is_first ORDER BY joined_at, membership_id
        ) AS place,
        count(*) FILTER (WHERE NOT is_first) OVER (PARTITION BY meeting_id, is_online) AS others
    FROM asked
), pools AS (
    SELECT due.meeting_id, due.is_online,
        coalesce(sum(seat.places) FILTER (WHERE takes_room AND seat.is_first), 0) AS by_first,
        coalesce(sum(seat.places) FILTER (WHERE takes_room AND NOT seat.is_first), 0) AS by_others,
        count(*) FILTER (WHERE seat.state = '{WAITING}' AND seat.is_first) AS first_waiting,
        count(*) FILTER (WHERE seat.state = '{WAITING}') AS waiting
    FROM (SELECT DISTINCT meeting_id, group_id, starts_at, is_hybrid, is_online, kept FROM due)
        AS due
    LEFT JOIN LATERAL (
        SELECT one.state, 1 + one.brings_companion::int AS places,
            one.state = '{CONFIRMED}' OR one.offer_expires_at > %(now)s AS takes_room,
            due.kept > 0 AND NOT {_had_earlier_place("one.person_id")} AS is_first
        FROM directory_seat AS one
        WHERE one.meeting_id = due.meeting_id
          AND one.state IN ('{CONFIRMED}', '{OFFERED}', '{WAITING}')
          AND (NOT due.is_hybrid OR one.is_online = due.is_online)
        OFFSET 0
    ) AS seat ON true
    GROUP BY due.meeting_id, due.is_online
), roomy AS (
    SELECT *,
        -- How many of those who were here before find room; first-timers come after them.
        CASE WHEN waiting > 0 THEN 0
            ELSE greatest(0, capacity - by_others - greatest(kept, by_first)) END AS for_others
    FROM ranked
    JOIN pools USING (meeting_id, is_online)
)
INSERT INTO directory_seat AS seat (id, meeting_id, person_id, membership_id, state, is_online,
    brings_companion, asked_at, queued_at, changed_at)
SELECT gen_random_uuid(), meeting_id, person_id, membership_id,
    CASE
        WHEN capacity IS NULL THEN '{CONFIRMED}'
        WHEN NOT is_first AND place <= for_others THEN '{CONFIRMED}'
        WHEN is_first AND waiting = 0
            AND place <= capacity - by_first - by_others - least(others, for_others)
            THEN '{CONFIRMED}'
        WHEN is_first AND first_waiting = 0 AND by_first + place <= kept
            AND place <= capacity - by_first - by_others - least(others, for_others)
            THEN '{CONFIRMED}'
        ELSE '{WAITING}' END,
    is_online, false, %(now)s, %(now)s + turn * interval '1 microsecond', %(now)s
FROM roomy
ORDER BY meeting_id, turn
ON CONFLICT (meeting_id, person_id) DO UPDATE SET (membership_id, state, is_online,
    brings_companion, asked_at, queued_at, changed_at) = ROW (excluded.membership_id,
    excluded.state, excluded.is_online, excluded.brings_companion, excluded.asked_at,
    excluded.queued_at, excluded.changed_at)
WHERE {RELEASED}
"""  # noqa: S608 (made of our own words only)
