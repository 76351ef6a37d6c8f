"""What all public pages have in common."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.requests import FORM_METHODS
from directory.queries.freshness import state_of_site

View = Callable[..., HttpResponseBase]

# Besides its address, an answer depends on these headers, as WSGI names them.
VARYING = ("HTTP_HX_REQUEST", "HTTP_HX_HISTORY_RESTORE_REQUEST", "HTTP_ACCEPT_LANGUAGE")


def public_page(view: View) -> View:
    """Open a page to everybody, by GET alone; a browser asks again before it shows an old one.

    Asked again by a visitor who has the page as it is, it answers so without being made.
    """
    varying = vary_on_headers("HX-Request", "Accept-Language")(_unless_unchanged(view))
    return login_not_required(require_safe(cache_control(no_cache=True)(varying)))


def anonymous_form(view: View) -> View:
    """Open a form to everybody, without a cookie.

    Exempt from CSRF, since the token would be a cookie. All that a forged post could do is to
    leave words in nobody's name.
    """
    methods = require_http_methods(FORM_METHODS)(view)
    return csrf_exempt(login_not_required(cache_control(no_cache=True)(methods)))


def _unless_unchanged(view: View) -> View:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        etag = _etag_of(request)
        if not etag:
            return view(request, *args, **kwargs)
        # A browser knows this mark only from a page that it got whole.
        unchanged = get_conditional_response(request, etag=etag)
        if unchanged is not None:
            unchanged.headers["ETag"] = etag
            # The page that the browser has keeps the policy it came with: some pages allow more
            # than others, and what is said here would take its place.
            unchanged._csp_exempt = True  # type: ignore[attr-defined] # read by django-csp
            return unchanged
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            response.headers.setdefault("ETag", etag)
        return response

    return answer


def _etag_of(request: HttpRequest) -> str:
    """Return the mark of the page as it is now; empty where a page has none.

    It is the same for all visitors, so it tells nobody apart. The minute is in it since pages
    also change by themselves: meetings begin and end, and after midnight “tonight” is over. It
    is weak, since the compressed page and the plain one have the same. Templates that are being
    worked on change without anything of this.
    """
    if settings.DEBUG or settings.SESSION_COOKIE_NAME in request.COOKIES:
        return ""
    parts = (
        state_of_site(),
        f"{timezone.now():%Y-%m-%d %H:%M}",
        # The names of the style sheets and scripts that the page links to.
        getattr(staticfiles_storage, "manifest_hash", ""),
        get_language() or "",
        request.get_host(),
        request.get_full_path(),
        *(request.META.get(name, "") for name in VARYING),
    )
    digest = hashlib.blake2b("\n".join(parts).encode(), digest_size=12).hexdigest()
    return f'W/"{digest}"'
