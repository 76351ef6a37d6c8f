"""The two statements that write the finder's entries, whatever the number of groups.

Everything in an entry comes from what visitors may read. A place that shows its area only
gives the point of the town that its area names, or failing that none: never anything made from
its address, not even the nearest degree, which would tell on which side of a line it lies.

"OFFSET 0" has PostgreSQL work out once what is used several times.
"""

from __future__ import annotations

from directory.choices import (
    AGE_BAND_YEARS,
    Audience,
    GroupStatus,
    MeetingStatus,
    MembershipState,
    Openness,
    PlaceShown,
    Weekday,
)
from directory.geo import CELL_SIZES
from directory.models.search import folded_words
from directory.slots import STRETCHES, day_and_stretch, times_of

# The languages whose words PostgreSQL can bring back to their stems.
STEMMED = {"en": "english", "es": "spanish", "fr": "french", "ar": "arabic"}


def _facets_of_slots() -> str:
    rows = []
    for slot in range(STRETCHES, 8 * STRETCHES):
        day: Weekday = day_and_stretch(slot)[0]
        rows.append(f"({slot}, 'day:{day.value}')")
        rows += [f"({slot}, 'time:{time}')" for time in times_of(slot)]
    return ", ".join(rows)


def _keys_of_slots() -> str:
    return ", ".join(
        f"({slot}, 'at:{day_and_stretch(slot)[0].value}:{time}')"
        for slot in range(STRETCHES, 8 * STRETCHES)
        for time in times_of(slot)
    )


def _age_facets() -> str:
    return ", ".join(
        f"CASE WHEN ages.youngest <= {until} AND ages.oldest >= {since} THEN 'age:{band.value}' END"
        for band, (since, until) in AGE_BAND_YEARS.items()
    )


def _cells() -> list[str]:
    names = []
    for level, size in enumerate(CELL_SIZES):
        half = round(180 / size)
        column = f"((floor(point.longitude / {size})::int + {half}) % {2 * half} - {half})"
        names.append(f"'cell{level}:' || floor(point.latitude / {size})::int || ':' || {column}")
    # psycopg reads a lone percent sign as a parameter.
    return [name.replace("%", "%%") for name in names]


def _vector(folded: str, weight: str) -> str:
    parts = [f"to_tsvector('simple', {folded})"]
    parts += [
        f"CASE WHEN '{code}' = ANY(spoken.languages) THEN to_tsvector('{config}', {folded})"
        " ELSE '' END"
        for code, config in STEMMED.items()
    ]
    return f"setweight({' || '.join(parts)}, '{weight}')"


# The whole area as it stands ("Leeds, north"), and failing that any words in a row of it, more
# of them before fewer ("North of Leeds"). Whether the town of the address is among them must not
# matter: from "between Leeds and York" or "Leicester Road" it would tell which town that is.
MOST_WORDS_OF_A_TOWN, FEWEST_LETTERS = 4, 4
PARTS = "unnest(string_to_array(place.area, ',')) WITH ORDINALITY AS called (name, rank)"
WORDS_IN_A_ROW = f"""(
            SELECT array_to_string(area.words[since:until], ' '), since - until
            FROM (SELECT regexp_split_to_array(place.area, '[[:space:],،;:/()]+') AS words) AS area,
                generate_subscripts(area.words, 1) AS since,
                generate_series(since,
                    least(since + {MOST_WORDS_OF_A_TOWN - 1}, cardinality(area.words))) AS until
            WHERE length(array_to_string(area.words[since:until], ' ')) >= {FEWEST_LETTERS}
        ) AS called (name, rank)"""  # noqa: S608
ITS_TOWN = "(VALUES (place.town, 1)) AS called (name, rank)"


def _town(called: str) -> str:
    """The point of the largest town in the place's country that the first of `called` tells of.

    Of several of one name it is the one whose region visitors read beside it.
    """
    return f"""
        SELECT town.latitude, town.longitude
        FROM {called}
        JOIN directory_town AS town ON town.country = place.country
            AND town.folded_names @> ARRAY[waymeet_fold(trim(called.name))::varchar]
        ORDER BY called.rank,
            town.region <> ''
                AND strpos(waymeet_fold(said.place), waymeet_fold(town.region)) > 0 DESC,
            town.population DESC
        LIMIT 1"""  # noqa: S608 (made of our own words only)


DELETE = f"""
DELETE FROM directory_finderentry AS entry
WHERE entry.group_id = ANY(%(ids)s) AND NOT EXISTS (
    SELECT FROM directory_group AS here
    WHERE here.id = entry.group_id AND here.status = '{GroupStatus.PUBLISHED.value}')
"""  # noqa: S608

# Of all groups: those that were public once.
DELETE_GONE = f"""
DELETE FROM directory_finderentry AS entry
WHERE NOT EXISTS (
    SELECT FROM directory_group AS here
    WHERE here.id = entry.group_id AND here.status = '{GroupStatus.PUBLISHED.value}')
"""  # noqa: S608

COMING = """
        FROM directory_meeting AS meeting
        WHERE meeting.group_id = here.id AND meeting.ends_at > %(now)s
          AND meeting.starts_at > %(now)s - interval '1 day'"""

INSERT = f"""
WITH slot_facets (slot, facet) AS (VALUES {_facets_of_slots()}),
    slot_keys (slot, key) AS (VALUES {_keys_of_slots()})
INSERT INTO directory_finderentry AS entry (group_id, name, facets, keys, words, latitude,
    longitude, is_area, min_age, max_age, timetable_until)
SELECT here.id, here.name,
    array_remove(
        topic.facets || hours.facets || asked.facets
        || ARRAY['cost:' || here.cost, 'joining:' || here.joining,
            CASE WHEN room.is_there THEN 'room:yes' END,
            CASE WHEN here.openness = '{Openness.OPEN.value}' AND (here.who_greets <> ''
                OR '{Audience.NEWCOMERS.value}' = ANY(here.audiences)) THEN 'first-time:yes' END,
            {_age_facets()}],
        NULL),
    array_remove(
        hours.keys || begins.keys || here_and_then.keys
        || ARRAY['organisation:' || organisation.slug, {", ".join(_cells())}], NULL),
    {_vector("folded.name", "A")} || {_vector("folded.found_by", "B")}
    || {_vector("folded.summary", "C")} || {_vector("folded.description", "D")}
    || array_to_tsvector(topic.tokens || asked.facets),
    point.latitude, point.longitude, coalesce(point.is_area, false),
    ages.youngest, ages.oldest, hours.until
FROM directory_group AS here
JOIN directory_organisation AS organisation ON organisation.id = here.organisation_id
LEFT JOIN directory_place AS place ON place.id = here.place_id AND here.format <> 'online'
CROSS JOIN LATERAL (
    SELECT coalesce(nullif(ARRAY(
        SELECT left(it, 2) FROM jsonb_array_elements_text(here.languages) AS it), '{{}}'),
        '{{en}}') AS languages
    OFFSET 0
) AS spoken
-- What people filter by, and may as well type: "wheelchair", "in Spanish".
CROSS JOIN LATERAL (
    SELECT array_remove(
        ARRAY(SELECT 'audience:' || it FROM unnest(here.audiences) AS it)
        || ARRAY(SELECT 'access:' || it FROM unnest(here.access_features) AS it)
        || ARRAY(SELECT 'language:' || it FROM jsonb_array_elements_text(here.languages) AS it)
        || ARRAY['format:' || here.format], NULL) AS facets
    OFFSET 0
) AS asked
CROSS JOIN LATERAL (
    SELECT coalesce(here.min_age, CASE WHEN here.adults_only THEN 18 ELSE 0 END) AS youngest,
        coalesce(here.max_age, 150) AS oldest
) AS ages
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(DISTINCT 'topic:' || one.slug), '{{}}') AS facets,
        coalesce(array_agg(DISTINCT 'zt' || one.id), '{{}}') AS tokens,
        string_agg(DISTINCT one.name, ' ') AS names
    FROM directory_group_topics AS about
    JOIN directory_topic AS chosen ON chosen.id = about.topic_id
    JOIN directory_topic AS one ON one.id IN (chosen.id, chosen.parent_id)
    WHERE about.group_id = here.id
) AS topic
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(DISTINCT slot_facets.facet), '{{}}') AS facets,
        coalesce(array_agg(DISTINCT slot_keys.key), '{{}}') AS keys,
        coalesce(min(coming.last), '9999-01-01 00:00Z') AS until
    FROM (
        SELECT meeting.slot, max(meeting.ends_at) AS last {COMING}
          AND meeting.status = '{MeetingStatus.SCHEDULED.value}'
        GROUP BY meeting.slot
    ) AS coming
    JOIN slot_facets ON slot_facets.slot = coming.slot
    JOIN slot_keys ON slot_keys.slot = coming.slot
) AS hours
-- The minutes of the day at which it begins, and would have begun.
CROSS JOIN LATERAL (
    SELECT ARRAY(
        SELECT DISTINCT 'from:' || extract(epoch FROM
            timezone(meeting.time_zone, meeting.starts_at)::time)::int / 60 {COMING}) AS keys
) AS begins
CROSS JOIN LATERAL (
    SELECT CASE WHEN place.shown = '{PlaceShown.AREA.value}' AND place.area <> ''
            THEN place.area ELSE concat_ws(' ', place.town, place.region, place.area)
        END AS place,
        (SELECT string_agg(profile.public_first_name, ' ')
        FROM directory_facilitator AS facilitator
        JOIN directory_facilitatorprofile AS profile ON profile.person_id = facilitator.person_id
        WHERE facilitator.group_id = here.id AND facilitator.ended_at IS NULL
          AND profile.is_listed) AS names
) AS said
CROSS JOIN LATERAL (
    SELECT {folded_words("here.name")} AS name,
        {folded_words("concat_ws(' ', topic.names, said.place, organisation.name, said.names)")}
            AS found_by,
        {folded_words("concat_ws(' ', here.summary, here.who_for)")} AS summary,
        {folded_words("here.description")} AS description
    OFFSET 0
) AS folded
CROSS JOIN LATERAL (
    SELECT here.capacity IS NULL OR (
        here.capacity > count(*) FILTER (WHERE state = '{MembershipState.ACTIVE.value}')
        AND count(*) FILTER (WHERE state = '{MembershipState.WAITING.value}') = 0) AS is_there
    FROM directory_membership AS membership
    WHERE membership.group_id = here.id AND here.capacity IS NOT NULL
) AS room
-- The first that gives a point; the others are not looked at.
LEFT JOIN LATERAL (
    SELECT place.latitude, place.longitude, false AS is_area
    WHERE place.shown = '{PlaceShown.EXACTLY.value}' AND place.latitude IS NOT NULL
    UNION ALL
    SELECT named.latitude, named.longitude, true FROM ({_town(PARTS)}) AS named
        WHERE place.shown = '{PlaceShown.AREA.value}' AND place.area <> ''
    UNION ALL
    SELECT named.latitude, named.longitude, true FROM ({_town(WORDS_IN_A_ROW)}) AS named
        WHERE place.shown = '{PlaceShown.AREA.value}' AND place.area <> ''
    UNION ALL
    SELECT named.latitude, named.longitude, true FROM ({_town(ITS_TOWN)}) AS named
        WHERE place.shown = '{PlaceShown.EXACTLY.value}' OR place.area = ''
    LIMIT 1
) AS point ON place.id IS NOT NULL
-- Topics and hours of the week in a cell: a town has many groups, and so has an evening.
CROSS JOIN LATERAL (
    SELECT ARRAY(
        SELECT it.place || ' ' || what
        FROM (VALUES ({_cells()[0]}), (CASE WHEN here.format = 'online' THEN 'online' END))
                AS it (place),
            unnest(topic.facets || hours.facets || hours.keys) AS what
        WHERE it.place IS NOT NULL) AS keys
) AS here_and_then
WHERE here.id = ANY(%(ids)s) AND here.status = '{GroupStatus.PUBLISHED.value}'
ORDER BY here.id
ON CONFLICT (group_id) DO UPDATE SET (name, facets, keys, words, latitude, longitude, is_area,
    min_age, max_age, timetable_until) = ROW (excluded.name, excluded.facets, excluded.keys,
    excluded.words, excluded.latitude, excluded.longitude, excluded.is_area, excluded.min_age,
    excluded.max_age, excluded.timetable_until)
WHERE entry IS DISTINCT FROM excluded
"""  # noqa: S608

TOTALS = """
SELECT facet, count(*)
FROM directory_finderentry AS entry, unnest(entry.facets || '{*}'::text[]) AS facet
GROUP BY facet
"""
