"""The words that groups use of themselves, learnt so that a mistyped one can be understood.

They come from what every visitor may read: names, summaries, organisations and towns, but not
from the names of people.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from directory.choices import PlaceShown
from directory.models.search import folded_words

SHORTEST, LONGEST = 4, 40
MOST = 50_000

_TEXT = f"""concat_ws(' ', here.name, here.summary, here.who_for, organisation.name,
    CASE WHEN place.shown = '{PlaceShown.AREA.value}' AND place.area <> '' THEN place.area
        ELSE concat_ws(' ', place.town, place.region, place.area) END)"""

# In the order of the words, so that two who learn at once wait for each other in one direction.
_LEARN = f"""
INSERT INTO directory_knownword (word, groups)
SELECT found.word, count(*)
FROM directory_finderentry AS entry
JOIN directory_group AS here ON here.id = entry.group_id
JOIN directory_organisation AS organisation ON organisation.id = here.organisation_id
LEFT JOIN directory_place AS place ON place.id = here.place_id AND here.format <> 'online'
CROSS JOIN LATERAL unnest(tsvector_to_array(to_tsvector('simple', {folded_words(_TEXT)})))
    AS found (word)
WHERE entry.group_id = ANY(%(ids)s)
    AND length(found.word) BETWEEN {SHORTEST} AND {LONGEST} AND found.word !~ '[0-9]'
GROUP BY found.word ORDER BY found.word
ON CONFLICT (word) DO NOTHING
"""  # noqa: S608 (made of constants)

# What entries hold is counted, which is ten times as quick as reading the texts again.
_COUNT = f"""
WITH counted AS MATERIALIZED (
    SELECT known.word, ndoc AS groups
    FROM ts_stat('SELECT words FROM directory_finderentry') AS entries
    JOIN directory_knownword AS known ON known.word = entries.word
    ORDER BY ndoc DESC, known.word LIMIT {MOST}
), kept AS (
    UPDATE directory_knownword AS known SET groups = counted.groups FROM counted
    WHERE counted.word = known.word AND counted.groups <> known.groups
)
DELETE FROM directory_knownword WHERE word NOT IN (SELECT word FROM counted)
"""  # noqa: S608 (made of constants)


def learn_words(ids: Sequence[UUID]) -> None:
    """Add the words of these groups to the known ones, where they are in the finder.

    What they no longer use stays until `refresh_known_words`, and so does how often it occurs.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LEARN, {"ids": list(ids)})


def refresh_known_words() -> None:
    """Count anew in how many groups each known word is; forget those in none, and the rarest."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT)
