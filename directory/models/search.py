"""Text as the finder compares it, made by the function of the migrations."""

from __future__ import annotations

from django.db.models import Func, TextField


class Folded(Func):
    """Lower case without accents, by the immutable function that the first migration makes."""

    function = "waymeet_fold"
    arity = 1
    output_field = TextField()
