"""Calendar files that anybody may subscribe to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from directory.exchange.ical import calendar_of
from directory.loaders.find import load_group, load_meeting
from directory.models import Group, Meeting
from directory.queries.calendar import dates_for_calendar
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


def _calendar(request: HttpRequest, group: Group, meetings: Iterable[Meeting]) -> HttpResponseBase:
    body = calendar_of(meetings, group=group)
    etag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    # The name of the file stays behind in a folder of downloads, so it says nothing.
    headers = {"ETag": etag, "Content-Disposition": 'inline; filename="calendar.ics"'}
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)
    return get_conditional_response(request, etag=etag, response=response) or response
