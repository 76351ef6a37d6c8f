from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import FORM_METHODS, SignedInRequest, posted
from directory.actions import site as actions
from directory.forms.moderate.site import CrisisLineForm, SiteForm
from directory.forms.ticks import WishesForm
from directory.loaders.moderate import ask_to_run_site, load_crisis_line
from directory.models import CrisisLine, SiteProfile
from directory.queries.crisis import crisis_lines_by_country, crisis_lines_needing_review
from directory.queries.moderation import wanted_groups
from directory.queries.site import site_profile
from directory.views.moderate.answers import done, saved

# So many of what people looked for are enough for one evening.
WISHES_SHOWN = 200


@require_http_methods(FORM_METHODS)
def edit_site(request: SignedInRequest) -> HttpResponse:
    """Change the site's own name, contact, country and way out."""
    ask_to_run_site(request.user)
    profile = SiteProfile.objects.first() or SiteProfile()
    form = SiteForm(posted(request), instance=profile)
    if form.is_bound and form.is_valid():
        save = partial(actions.update_site, by=request.user)
        if saved(request, form, lambda: save(**form.changed_values())):
            return redirect("edit_site")
    context = {
        "form": form,
        "lines_to_review": crisis_lines_needing_review(timezone.localdate()).count(),
        "wanted_count": wanted_groups().count(),
    }
    return render(request, "moderate/edit_site.html", context)


@require_safe
def crisis_lines(request: SignedInRequest) -> HttpResponse:
    """List all crisis lines by country, with the day each was last held against its source."""
    ask_to_run_site(request.user)
    context = {
        "countries": crisis_lines_by_country(first=site_profile().country),
        "late": set(crisis_lines_needing_review(timezone.localdate()).values_list("pk", flat=True)),
    }
    return render(request, "moderate/crisis_lines.html", context)


@require_http_methods(FORM_METHODS)
def add_crisis_line(request: SignedInRequest) -> HttpResponse:
    """Add a number to call in a crisis."""
    ask_to_run_site(request.user)
    blank = CrisisLine(country=site_profile().country)
    form = CrisisLineForm(posted(request), instance=blank)
    if form.is_bound and form.is_valid():
        actions.add_crisis_line(by=request.user, **form.new_values())
        messages.success(request, _("Added. Every page of that country shows it now."))
        return redirect("crisis_lines")
    return render(request, "moderate/add_crisis_line.html", {"form": form})


@require_http_methods(FORM_METHODS)
def edit_crisis_line(request: SignedInRequest, number: int) -> HttpResponse:
    """Change a number to call in a crisis."""
    line = load_crisis_line(request.user, number)
    form = CrisisLineForm(posted(request), instance=line)
    if form.is_bound and form.is_valid():
        save = partial(actions.update_crisis_line, line=line, by=request.user)
        if saved(request, form, lambda: save(**form.changed_values())):
            return redirect("crisis_lines")
    context = {"line": line, "name": form.saved_now["name"], "form": form}
    return render(request, "moderate/edit_crisis_line.html", context)


@require_POST
def review_crisis_line(request: SignedInRequest, number: int) -> HttpResponse:
    """Note that somebody checked a line today."""
    line = load_crisis_line(request.user, number)
    done(
        request,
        partial(actions.review_crisis_line, line=line, by=request.user),
        _("Noted: you checked “%(name)s” today.") % {"name": line.name},
    )
    return redirect("crisis_lines")


@require_http_methods(FORM_METHODS)
def remove_crisis_line(request: SignedInRequest, number: int) -> HttpResponse:
    """Ask once more, then take a line off every page."""
    line = load_crisis_line(request.user, number)
    if request.method == "POST":
        done(
            request,
            partial(actions.remove_crisis_line, line=line, by=request.user),
            _("Removed: no page shows it any more."),
        )
        return redirect("crisis_lines")
    return render(request, "moderate/remove_crisis_line.html", {"line": line})


@require_http_methods(FORM_METHODS)
def missing_groups(request: SignedInRequest) -> HttpResponse:
    """List what visitors looked for and did not find; take some of it off the list."""
    ask_to_run_site(request.user)
    rows = wanted_groups()[:WISHES_SHOWN]
    form = WishesForm(posted(request), rows=rows, is_all="all" in request.GET)
    if form.is_bound and form.is_valid():
        settle = partial(actions.settle_missing_groups, missing=form.chosen, by=request.user)
        done(request, settle, _("Taken off the list."))
        return redirect("missing_groups")
    return render(request, "moderate/missing_groups.html", {"form": form})
