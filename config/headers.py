"""The headers that neither Django nor django-csp sends by itself.

It stands outside WhiteNoise, so that static files carry them too.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

ALWAYS = {
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), browsing-topics=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SIGNED_IN = {"Cache-Control": "no-store, private", "X-Robots-Tag": "noindex"}


class Headers:
    """Adds `ALWAYS` to each answer and `SIGNED_IN` to what a signed-in person gets."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer `request` with the headers added."""
        response = self.get_response(request)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        if self.is_private(request, response):
            for name, value in SIGNED_IN.items():
                response.headers[name] = value
        return response

    @staticmethod
    def is_private(request: HttpRequest, response: HttpResponse) -> bool:
        """Return whether the answer may hold something of a signed-in person.

        Static files have no user, and are the same for everybody. After a
        server error the database may be away, so it is not asked again.
        """
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not hasattr(request, "user"):
            return False
        return response.status_code >= 500 or request.user.is_authenticated
