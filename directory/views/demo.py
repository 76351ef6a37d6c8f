from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.mail_folder import newest_mail

MAILS_SHOWN = 20


@login_not_required
@never_cache
@require_safe
def demo_mail(request: HttpRequest) -> HttpResponse:
    """Show the mail of the demo's invented people; elsewhere there is no such page."""
    if not settings.IS_DEMO:
        raise Http404
    return render(request, "demo/demo_mail.html", {"mails": newest_mail(limit=MAILS_SHOWN)})
