"""Calendar files that anybody may subscribe to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from directory.exchange.ical import calendar_of, calendar_of_many
from directory.forms.find import FindForm
from directory.loaders.find import load_group, load_meeting
from directory.models import Group, Meeting
from directory.queries.calendar import dates_for_calendar
from directory.queries.following import dates_to_follow
from directory.queries.site import site_profile
from directory.views.public import public_page


@public_page
def group_calendar(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Answer with a group's dates as a calendar file, or 304 where nothing changed."""
    group = load_group(slug)
    return _calendar(request, group, dates_for_calendar(group))


@public_page
def meeting_calendar(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Answer with one date as a calendar file."""
    meeting = load_meeting(uuid)
    return _calendar(request, meeting.group, [meeting])


# A calendar asks by itself every few hours; what stands between may answer for a while.
@login_not_required
@require_safe
@cache_control(public=True, max_age=15 * 60)
def find_calendar(request: HttpRequest) -> HttpResponseBase:
    """Answer with the coming dates of whatever groups an address of the finder finds."""
    search = FindForm(request.GET, path=request.path).search
    # The name shows on a screen that others may see: nothing of what was searched for.
    name = gettext("Meetings on %(site)s") % {"site": site_profile().name}
    return _file(request, calendar_of_many(dates_to_follow(search), name=name))


def _calendar(request: HttpRequest, group: Group, meetings: Iterable[Meeting]) -> HttpResponseBase:
    return _file(request, calendar_of(meetings, group=group))


def _file(request: HttpRequest, body: bytes) -> HttpResponseBase:
    etag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    # The name of the file stays behind in a folder of downloads, so it says nothing.
    headers = {"ETag": etag, "Content-Disposition": 'inline; filename="calendar.ics"'}
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)
    return get_conditional_response(request, etag=etag, response=response) or response
