from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.choices import Choices


def several_of(choices: type[Choices], verbose_name: Any) -> ArrayField:
    """A field that holds several of a fixed set of words; `only_known` is its constraint."""
    return ArrayField(
        models.CharField(max_length=30, choices=choices.pairs),
        verbose_name=verbose_name,
        default=list,
        blank=True,
    )


def only_known(model: str, field: str, choices: type[Choices]) -> models.CheckConstraint:
    """The database refuses words that are not among the choices (for one word or a list)."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__in": choices.values}), name=f"{model}_{field}_known"
    )


def only_known_in_list(model: str, field: str, choices: type[Choices]) -> models.CheckConstraint:
    """As `only_known`, for a list of words."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__contained_by": choices.values}),
        name=f"{model}_{field}_known",
    )
