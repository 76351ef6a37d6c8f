"""What views say of the requests they take."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.models import Person

# A page with a form: shown by GET, sent by POST.
FORM_METHODS = ["GET", "HEAD", "POST"]


class SignedInRequest(HttpRequest):
    """A request that the middleware let through, so that its user is a person."""

    user: Person
