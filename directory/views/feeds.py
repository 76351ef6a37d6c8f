"""Calendar files that anybody may subscribe to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotFound
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext, override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from directory.exchange.ical import calendar_of, calendar_of_many
from directory.exchange.private_ical import private_calendar_of
from directory.forms.find import FindForm
from directory.loaders.find import load_group_or_resting, load_meeting, load_organisation
from directory.models import Group, Meeting
from directory.queries.calendar import dates_for_calendar, dates_of_organisation
from directory.queries.following import dates_to_follow
from directory.queries.private_calendar import calendar_behind, own_dates
from directory.queries.site import site_profile
from directory.views.public import public_page


@public_page
def group_calendar(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Answer with a group's dates as a calendar file, or 304 where nothing changed.

    One that rests or has closed has none: where there was no answer, calendars that follow it
    would go on showing what they have.
    """
    group = load_group_or_resting(slug)
    return _calendar(request, group, dates_for_calendar(group) if group.is_published else [])


@public_page
def organisation_calendar(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Answer with the dates of all the groups that an organisation answers for."""
    organisation = load_organisation(slug)
    dates, is_cut = dates_of_organisation(organisation)
    file = calendar_of_many(dates, name=organisation.name, is_cut=is_cut)
    return calendar_response(request, file)


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
    dates, is_cut = dates_to_follow(search)
    return calendar_response(request, calendar_of_many(dates, name=name, is_cut=is_cut))


# The address is the key: a calendar that asks has no cookie, and sends none.
@login_not_required
@require_safe
def private_calendar(request: HttpRequest, token: str) -> HttpResponseBase:
    """Answer with the dates of the person whose address this is; any other gets the same 404."""
    calendar = calendar_behind(token)
    if calendar is None:
        return _kept_to_oneself(_not_there())
    person = calendar.person
    with override(person.language):
        body = private_calendar_of(own_dates(person), person=person, title=calendar.title)
    return _kept_to_oneself(calendar_response(request, body))


def _not_there() -> HttpResponse:
    answer = HttpResponseNotFound("Not found\n", content_type="text/plain; charset=utf-8")
    # Django would write the path into its log, and the path may be somebody's key.
    answer._has_been_logged = True  # type: ignore[attr-defined] # read by django.utils.log
    return answer


def _kept_to_oneself(answer: HttpResponseBase) -> HttpResponseBase:
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _calendar(request: HttpRequest, group: Group, meetings: Iterable[Meeting]) -> HttpResponseBase:
    return calendar_response(request, calendar_of(meetings, group=group))


def calendar_response(request: HttpRequest, body: bytes) -> HttpResponseBase:
    """Answer with a calendar file, or with 304 to who has it as it is."""
    etag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    # The name of the file stays behind in a folder of downloads, so it says nothing.
    headers = {"ETag": etag, "Content-Disposition": 'inline; filename="calendar.ics"'}
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)
    return get_conditional_response(request, etag=etag, response=response) or response
