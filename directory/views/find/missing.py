"""A page to say what one looked for and did not find, without account, cookie or address."""

from __future__ import annotations

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from directory.forms.missing import MissingForm
from directory.views.public import public_page

# From one address; a shared connection still gets through.
LIMIT = {"missing": "10/h/ip"}


# Exempt from CSRF, since the token would be a cookie. All that a forged post could do is to
# leave a wish in nobody's name.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def missing(request: HttpRequest) -> HttpResponse:
    """Take what somebody looked for and did not find."""
    form = MissingForm(request.POST or None)
    if request.method != "POST":
        return render(request, "find/missing.html", {"form": form})
    if not form.is_valid():
        return render(request, "find/missing.html", {"form": form})
    if not ratelimit.consume(request, app="directory", action="missing", config=LIMIT):
        return render(
            request, "find/missing.html", {"form": form, "is_too_often": True}, status=429
        )
    if not form.is_from_a_program:
        form.save()
    return redirect("missing_thanks")


@public_page
def missing_thanks(request: HttpRequest) -> HttpResponse:
    """Thank somebody who said what is missing."""
    return render(request, "find/missing_thanks.html")
