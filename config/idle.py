"""Keeps the session of somebody who is here, and lets an idle one end."""

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

SEEN_AT = "seen_at"
# A session ends at most this much before SESSION_COOKIE_AGE has passed since the last request.
SECONDS_BETWEEN_WRITES = 300


class StayWhileActive:
    """Writes the session once in five minutes, so that its end moves along.

    Saving it at every request would be a write per page; a visitor without a
    session gets none.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer `request`; a session seen last some minutes ago is written again."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            now = int(time.time())
            if now - request.session.get(SEEN_AT, 0) >= SECONDS_BETWEEN_WRITES:
                request.session[SEEN_AT] = now
        return self.get_response(request)
