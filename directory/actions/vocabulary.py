"""The words that groups use of themselves, learnt so that a mistyped one can be understood."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

LEARN = r"""
INSERT INTO directory_knownword (word, groups)
SELECT lexeme, count(*) FROM directory_finderentry AS entry, unnest(entry.words)
WHERE entry.group_id = ANY(%(ids)s) AND length(lexeme) BETWEEN 4 AND 60 AND lexeme !~ '[^[:alpha:]]'
    AND weights && '{A,B,C}'
GROUP BY lexeme
ON CONFLICT (word) DO NOTHING
"""


def learn_words(ids: Sequence[UUID]) -> None:
    """Add the words of these groups to the known ones."""
    with connection.cursor() as cursor:
        cursor.execute(LEARN, {"ids": list(ids)})
