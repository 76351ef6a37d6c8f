"""What many mails of one batch have in common is asked, and written, once for all of them.

A batch takes a few seconds: what is so at its beginning is told to its end.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")

_known: ContextVar[dict[Hashable, Any] | None] = ContextVar("known", default=None)


@contextmanager
def one_batch() -> Iterator[None]:
    """Remember what `once` is asked until the end of the block."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def once(key: Hashable, make: Callable[[], T]) -> T:
    """Return what `make` returns; within a batch it is called once for each key."""
    known = _known.get()
    if known is None:
        return make()
    if key not in known:
        known[key] = make()
    answer: T = known[key]
    return answer
