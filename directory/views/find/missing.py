"""A page to say what one looked for and did not find, without account, cookie or address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.requests import posted
from directory.forms.missing import MissingForm
from directory.views.limits import is_too_often
from directory.views.public import anonymous_form, public_page

# From one address; a shared connection still gets through.
TIMES_AN_HOUR = 10


@anonymous_form
def missing(request: HttpRequest) -> HttpResponse:
    """Take what somebody looked for and did not find."""
    form = MissingForm(posted(request))
    if not form.is_valid():
        return render(request, "find/missing.html", {"form": form, "too_often": ""})
    if is_too_often(request, what="missing", times=TIMES_AN_HOUR, seconds=60 * 60):
        context = {"form": form, "too_often": "hour"}
        return render(request, "find/missing.html", context, status=429)
    if not form.is_from_a_program:
        form.save_once()
    return redirect("missing_thanks")


@public_page
def missing_thanks(request: HttpRequest) -> HttpResponse:
    """Thank somebody who said what is missing."""
    return render(request, "find/missing_thanks.html")
