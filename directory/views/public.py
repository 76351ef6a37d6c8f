"""What all public pages have in common."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

View = Callable[..., HttpResponseBase]


def public_page(view: View) -> View:
    """Open a page to everybody, by GET alone; a browser asks again before it shows an old one."""
    varying = vary_on_headers("HX-Request")(view)
    return login_not_required(require_safe(cache_control(no_cache=True)(varying)))
