"""What makes a group findable by words, kept by PostgreSQL itself in a generated column."""

from __future__ import annotations

import operator
from functools import reduce

from django.contrib.postgres.search import SearchVector
from django.db.models import F, Func, TextField


class Folded(Func):
    """Lower case without accents, by the immutable function that the first migration makes."""

    function = "waymeet_fold"
    arity = 1
    output_field = TextField()


def group_search_vector() -> SearchVector:
    """Name before topics and places, those before the summary, that before the description."""
    weighted = (("name", "A"), ("found_by", "B"), ("summary", "C"), ("description", "D"))
    vectors = (
        SearchVector(Folded(F(field)), config="english", weight=weight)
        for field, weight in weighted
    )
    return reduce(operator.add, vectors)
