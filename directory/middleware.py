"""What every page's answer needs and no view should have to think of."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from directory.models import SiteProfile
from directory.queries.site import site_profile


class PageFrame:
    """Lets the exit button leave, and says that pages offer the browser's language.

    A browser without JavaScript posts the exit button's form and follows the
    redirect; Chromium holds that redirect to `form-action`, so the neutral site
    is named there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer `request`; a page also gets the two headers."""
        response = self.get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if is_page and not 300 <= response.status_code < 400:
            patch_vary_headers(response, ["Accept-Language"])
            # After an error the database may be away, so it is not asked again.
            site = site_profile() if response.status_code < 500 else SiteProfile()
            # A view may have allowed more for itself (the map's tiles).
            allowed = getattr(response, "_csp_update", None) or {}
            allowed = {**allowed, "form-action": [_origin(site.exit_url)]}
            response._csp_update = allowed  # type: ignore[attr-defined] # read by django-csp
        return response


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
