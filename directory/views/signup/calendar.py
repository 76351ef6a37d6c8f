"""One's own calendar: the address that other programs read it by, and single dates as files."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import FORM_METHODS, SignedInRequest
from directory.actions import calendars
from directory.exchange.add_to_calendar import secret_follow_link
from directory.exchange.private_ical import private_calendar_of
from directory.forms.calendars import CalendarTitleForm
from directory.loaders.signup import load_own_meeting
from directory.queries.private_calendar import ENDING_TOLD, PrivateDate, calendar_of
from directory.refusals import Refused
from directory.rules.calendars import mark_of
from directory.views.feeds import calendar_response


@require_http_methods(FORM_METHODS)
def my_calendar(request: SignedInRequest) -> HttpResponse:
    """Show whether one's calendar has an address, and let one choose what it calls each date."""
    calendar = calendar_of(request.user)
    if request.method == "POST" and calendar is None:
        return redirect("my_calendar")
    form = CalendarTitleForm(request.POST or None, instance=calendar) if calendar else None
    if form and request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved. Your calendar shows it when it next asks."))
        return redirect("my_calendar")
    return _page(request, form=form)


@require_POST
def renew_my_calendar(request: SignedInRequest) -> HttpResponse:
    """Make an address, or a new one, and show it in the answer: it is kept nowhere."""
    try:
        token = calendars.renew_private_calendar(by=request.user, seen=request.POST.get("seen", ""))
    except Refused as refused:
        messages.info(request, str(refused.refusal))
        return redirect("my_calendar")
    address = settings.SITE_URL + reverse("private_calendar", args=[token])
    return _page(request, address=address, follow=secret_follow_link(address))


@require_POST
def delete_my_calendar(request: SignedInRequest) -> HttpResponse:
    """End the address, so that it leads nowhere."""
    calendars.delete_private_calendar(by=request.user)
    messages.success(request, _("Done. The address leads nowhere any more."))
    return redirect("my_calendar")


@require_safe
def my_meeting_calendar(request: SignedInRequest, uuid: UUID) -> HttpResponseBase:
    """Answer with one date of mine as a file that says nothing but its hours."""
    mine = load_own_meeting(request.user, uuid)
    if mine.seat:
        mine.seat.meeting = mine.meeting
    date = PrivateDate.with_seat(mine.seat) if mine.seat else PrivateDate.certain(mine.meeting)
    calendar = calendar_of(request.user)
    title = calendar.title if calendar else ""
    body = private_calendar_of([date], person=request.user, title=title)
    return calendar_response(request, body)


def _page(
    request: SignedInRequest, *, form: CalendarTitleForm | None = None, **shown: Any
) -> HttpResponse:
    calendar, now = calendar_of(request.user), timezone.now()
    context = {
        "calendar": calendar,
        "has_ended": calendar is not None and calendar.expires_at <= now,
        "ends_soon": calendar is not None and now < calendar.expires_at <= now + ENDING_TOLD,
        "form": form or (CalendarTitleForm(instance=calendar) if calendar else None),
        "seen": {"seen": mark_of(calendar)},
        **shown,
    }
    return render(request, "signup/my_calendar.html", context)
