from __future__ import annotations

import sys

from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.jobs import worker_was_seen
from directory.models import SiteProfile
from directory.queries.health import database_answers, unapplied_migrations

WORKER_SEEN_WITHIN_SECONDS = 60
SECONDS_TO_TRY_AGAIN = 10
# Lock not available, deadlock, statement cancelled, serialisation failure.
SOMEBODY_ELSE_WAS_FASTER = {"55P03", "40P01", "57014", "40001"}


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Say what the site needs and whether it is there; 503 unless all of it is."""
    try:
        database_answers()
        missing = unapplied_migrations()
        worker = not missing and worker_was_seen(within_seconds=WORKER_SEEN_WITHIN_SECONDS)
    except (OperationalError, InterfaceError):
        found = {"database": False, "migrations": False, "worker": False}
    else:
        found = {"database": True, "migrations": not missing, "worker": worker}
    return JsonResponse(found, status=200 if all(found.values()) else 503)


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a request that failed (Django's `handler500`) without asking the database.

    A database that is away, or a lock that somebody else holds, is a 503: trying again helps.
    """
    failed = sys.exc_info()[1]
    status, reason = 500, "mistake"
    if isinstance(failed, OperationalError | InterfaceError):
        code = getattr(failed.__cause__, "sqlstate", None)
        status, reason = 503, "busy" if code in SOMEBODY_ELSE_WAS_FASTER else "database"
    exit_url = SiteProfile._meta.get_field("exit_url").default
    context = {"reason": reason, "exit_url": exit_url}
    response = render(request, "unavailable.html", context, status=status)
    response["Cache-Control"] = "no-store, private"
    if status == 503:
        response["Retry-After"] = SECONDS_TO_TRY_AGAIN
    return response
