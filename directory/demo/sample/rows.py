"""What the rows of a sample have in common."""

from __future__ import annotations

from random import Random
from uuid import UUID


def drawn_id(chance: Random) -> UUID:
    """Return a key as random as any other, and the same for the same seed."""
    return UUID(int=chance.getrandbits(128), version=4)
