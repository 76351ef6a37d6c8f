"""Stopping mail from a link in a mail."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.choices import MailPreference
from directory.actions import mail
from directory.loaders.mail import load_recipient


@login_not_required
@csrf_exempt  # a mail program posts here by itself (RFC 8058); the address is the proof
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Show a button that stops all mail; pressing it needs no account."""
    person = load_recipient(token)
    if request.method == "POST":
        mail.stop_mail(person=person, by=None)
        person.refresh_from_db(fields=["mail_preference"])
    context = {"is_stopped": person.mail_preference == MailPreference.NONE}
    return render(request, "mail/stop_mail.html", context)
