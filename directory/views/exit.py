"""The way out of any page."""

from __future__ import annotations

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from directory.models import SiteProfile
from directory.queries.site import site_profile

# Asked by a script that has left for the neutral site by itself.
QUIETLY = "quietly"


class SeeOther(HttpResponse):
    """Answer 303: fetch the other address, whatever this one was asked with."""

    status_code = 303


@csrf_exempt
@login_not_required
@require_POST
def exit_site(request: HttpRequest) -> HttpResponse:
    """End the session, if there is one, and lead to a neutral site.

    It needs no token, since it can only sign out, and must work from a page that
    was opened hours ago. Nothing notes that it was asked for. Where the database
    is away, it leads out all the same.
    """
    try:
        logout(request)
        neutral = site_profile().exit_url
    except (OperationalError, InterfaceError):
        neutral = SiteProfile().exit_url
    headers = {"Cache-Control": "no-store, private", "Clear-Site-Data": '"cache", "storage"'}
    if QUIETLY in request.GET:
        # The page is on its way out already: what it sends behind itself must not follow.
        return HttpResponse(status=204, headers=headers)
    return SeeOther(headers={"Location": neutral, **headers})
