from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.outbox import queue_text

KEEP_SIGNED_IN = "keep_signed_in"
NOTICE = "account_notice"


class AccountAdapter(DefaultAccountAdapter):
    """What of allauth is done in another way here: how long one stays signed in, and its mail."""

    def login(self, request: HttpRequest, user: Person) -> None:
        """Sign in until the browser closes; for longer only where the person ticked it."""
        super().login(request, user)
        keeps = request.session.pop(KEEP_SIGNED_IN, False)
        request.session.set_expiry(settings.ACCOUNT_SESSION_COOKIE_AGE if keeps else 0)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Owe the mail by the outbox, under a subject that gives nothing away."""
        text = render_to_string(f"{template_prefix}_message.txt", {**context, "email": email})
        queue_text(
            kind=NOTICE, address=email, subject=_("You have an update"), text=text.strip() + "\n"
        )
