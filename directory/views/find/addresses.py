"""Addresses of the same results, looked at in another way or more closely."""

from __future__ import annotations

from django.http import HttpRequest, QueryDict

# What an address of the finder may say (`?q=grief`); anything else is not carried along.
ASKED = (
    *("q", "place", "near", "radius", "topic", "audience", "age", "access", "language", "format"),
    *("cost", "day", "time", "from", "to", "when", "joining", "room", "first-time", "zone"),
)


def address(request: HttpRequest, path: str = "", **changes: str) -> str:
    """Return the address of the same results with some parameters changed; empty ones go."""
    asked = QueryDict(mutable=True)
    for name in ASKED:
        asked.setlist(name, [value for value in request.GET.getlist(name) if value])
    for name, value in changes.items():
        asked.setlist(name, [value] if value else [])
    query = asked.urlencode()
    path = path or request.path
    return f"{path}?{query}" if query else path
