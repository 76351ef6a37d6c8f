"""Draws that are weighted, so that a sample is as uneven as the world."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

Drawn = TypeVar("Drawn")


class Weighted(Generic[Drawn]):
    """Values, of which some are drawn more often than others."""

    def __init__(self, weights: Mapping[Drawn, float]) -> None:
        self.values = list(weights)
        self.up_to = list(accumulate(weights.values()))

    @classmethod
    def long_tail(cls, values: Sequence[Drawn], steepness: float = 1.0) -> Weighted[Drawn]:
        """The first value most often, each later one less (Zipf's law)."""
        return cls({it: (rank + 1) ** -steepness for rank, it in enumerate(values)})

    def draw(self, chance: Random) -> Drawn:
        """Return one of the values."""
        return chance.choices(self.values, cum_weights=self.up_to)[0]

    def some(self, chance: Random, most: int) -> list[Drawn]:
        """Return one to `most` different values."""
        drawn = chance.choices(self.values, cum_weights=self.up_to, k=chance.randint(1, most))
        return list(dict.fromkeys(drawn))


def early(chance: Random, values: Sequence[Drawn]) -> Drawn:
    """Return one of the values, the first ones far more often; any number of them is as quick."""
    # The logarithm of what is drawn is spread evenly: Zipf's law with an exponent of one.
    return values[int((len(values) + 1) ** chance.random()) - 1]
