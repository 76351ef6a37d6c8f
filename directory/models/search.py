"""Text as the finder compares it, made by the function of the migrations."""

from __future__ import annotations

from django.db.models import Func, TextField

# PostgreSQL's parser takes "drink/drugs" for a file, "sad.We" for a host and "-19" for a number:
# nobody who types the words would find them.
BETWEEN_WORDS = "!\"#$%&()*+,-./:;<=>?@[\\]^_`{|}~'’–—…·•«»“”،؛؟¿¡"


class Folded(Func):
    """Lower case without accents, by the immutable function that the first migration makes."""

    function = "waymeet_fold"
    arity = 1
    output_field = TextField()


def folded_words(sql: str) -> str:
    """Return SQL for the folded words of a text, with nothing but spaces between them.

    For statements with parameters, where a percent sign is written twice.
    """
    between = BETWEEN_WORDS.replace("'", "''").replace("%", "%%")
    return f"translate(waymeet_fold({sql}), '{between}', '{' ' * len(BETWEEN_WORDS)}')"
