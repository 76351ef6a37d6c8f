from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import FORM_METHODS, SignedInRequest, posted
from directory.actions.organisations import update_organisation
from directory.actions.places import update_place
from directory.forms.moderate.place import PlaceForm
from directory.forms.moderate.site import OrganisationForm
from directory.loaders.moderate import load_moderated_organisation, load_moderated_place
from directory.queries.moderation import groups_at, places_of
from directory.views.moderate.answers import saved


@require_http_methods(FORM_METHODS)
def edit_organisation(request: SignedInRequest, slug: str) -> HttpResponse:
    """Change what an organisation says of itself."""
    organisation = load_moderated_organisation(request.user, slug)
    form = OrganisationForm(posted(request), instance=organisation)
    if form.is_bound and form.is_valid():
        save = partial(update_organisation, organisation=organisation, by=request.user)
        if saved(request, form, lambda: save(**form.changed_values())):
            return redirect("moderated_groups")
    # What was typed stands in the form; the heading goes on saying what is saved.
    context = {"name": form.saved_now["name"], "form": form}
    return render(request, "moderate/edit_organisation.html", context)


@require_safe
def moderated_places(request: SignedInRequest, slug: str) -> HttpResponse:
    """Where the groups of an organisation meet."""
    organisation = load_moderated_organisation(request.user, slug)
    context = {"organisation": organisation, "places": places_of(organisation)}
    return render(request, "moderate/moderated_places.html", context)


@require_http_methods(FORM_METHODS)
def edit_place(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Change a place, for all groups that meet there."""
    place = load_moderated_place(request.user, uuid)
    form = PlaceForm(posted(request), instance=place)
    if form.is_bound and form.is_valid():
        save = partial(update_place, place=place, by=request.user)
        if saved(request, form, lambda: save(**form.changed_values())):
            return redirect("moderated_places", place.organisation.slug)
    context = {"organisation": place.organisation, "groups": groups_at(place), "form": form}
    return render(request, "moderate/edit_place.html", context)
