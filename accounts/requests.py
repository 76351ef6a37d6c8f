"""What views say of the requests they take."""

from __future__ import annotations

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import Person

# A page with a form: shown by GET, sent by POST.
FORM_METHODS = ["GET", "HEAD", "POST"]


class SignedInRequest(HttpRequest):
    """A request that the middleware let through, so that its user is a person."""

    user: Person


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form was sent with, however empty; None when it was not sent."""
    return request.POST if request.method == "POST" else None


def ways_in(back_to: str) -> dict[str, str]:
    """Return the addresses for signing up and signing in that lead back to a page."""
    way_back = urlencode({"next": back_to})
    return {
        "sign_up_url": f"{reverse('account_signup')}?{way_back}",
        "sign_in_url": f"{reverse('account_login')}?{way_back}",
    }
