"""What goes to somebody else, or onto paper: the address of a group as a picture."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from directory.loaders.find import load_group
from directory.text.qr_code import qr_file

A_DAY = 24 * 60 * 60


# A picture of its own, and not drawn into the page: few print it, and it takes a while.
@login_not_required
@require_safe
@cache_control(public=True, max_age=A_DAY)
def group_qr(request: HttpRequest, slug: str) -> HttpResponse:
    """Draw the address of a group's page as a QR code."""
    group = load_group(slug)
    address = settings.SITE_URL + reverse("group", args=[group.slug])
    return HttpResponse(qr_file(address), content_type="image/svg+xml")
