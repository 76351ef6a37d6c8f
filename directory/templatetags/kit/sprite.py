"""Pictures that a page uses again and again: drawn once, and referred to by name."""

from __future__ import annotations

from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe

from directory.templatetags.kit.icons import SHAPES

# Those in rows of lists. Their ids are not names that a page would give to a part of itself.
IN_ROWS = ("calendar", "clock", "cost", "heart", "language", "people", "place", "seat", "step-free")


@lru_cache(maxsize=1)
def sprite() -> SafeString:
    """Return the drawings, which show nothing where they stand."""
    symbols = "".join(
        f'<symbol id="icon-{name}" viewBox="0 0 24 24"><path d="{SHAPES[name]}"/></symbol>'
        for name in IN_ROWS
    )
    return mark_safe(f'<svg class="sprite" aria-hidden="true" focusable="false">{symbols}</svg>')  # noqa: S308 (our own drawings)


@lru_cache(maxsize=len(IN_ROWS))
def drawn_again(name: str) -> SafeString:
    """Return what shows one of the drawings; decorative, so say it in words beside it."""
    if name not in IN_ROWS:
        raise KeyError(name)
    return mark_safe(f'<svg class="icon" aria-hidden="true"><use href="#icon-{name}"/></svg>')  # noqa: S308 (our own drawings)
