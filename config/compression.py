"""Pages are sent compressed to visitors, and as they are to people who are signed in."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressForVisitors(GZipMiddleware):
    """Compress the answer unless the request carries a session.

    The length of a compressed page can tell what is in it (the BREACH attack). A visitor's page
    holds nothing that is not public; a signed-in one may hold what somebody typed beside a secret.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Leave answers to people with a session alone."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            return response
        return super().process_response(request, response)
