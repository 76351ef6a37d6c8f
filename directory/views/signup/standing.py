"""Leaving a group, agreeing to a new agreement, and one's own settings."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse, translate_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from accounts.requests import FORM_METHODS, SignedInRequest
from directory.actions import agreements, consents, memberships
from directory.forms.settings import SettingsForm
from directory.forms.signup import TermsForm
from directory.loaders.signup import load_own_consent, load_own_membership
from directory.models import Membership
from directory.queries.agreements import current_acceptance
from directory.refusals import Refused
from directory.rules.memberships import why_not_leave


@require_http_methods(FORM_METHODS)
def leave_group(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Leave by a second click; it takes back consent as well, and asks for no reason."""
    membership = load_own_membership(request.user, uuid)
    if why_not_leave(membership, request.user):
        return redirect("my_meetings")
    if request.method == "GET":
        context = {"membership": membership, "group": membership.group}
        return render(request, "signup/leave_group.html", context)
    try:
        memberships.leave_group(membership=membership, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused.refusal))
        return redirect("my_group", membership.pk)
    messages.success(request, _("Done. You are not in that group any more, and nobody was told."))
    return redirect("my_meetings")


@require_http_methods(FORM_METHODS)
def withdraw_consent(request: SignedInRequest, number: int) -> HttpResponse:
    """Take back one's yes to our keeping that one comes to a group, by a second click."""
    consent = load_own_consent(request.user, number)
    if consent.withdrawn_at:
        return redirect("my_meetings")
    if request.method == "GET":
        standing = Membership.objects.open().of(request.user).filter(group=consent.group)
        context = {"consent": consent, "group": consent.group, "membership": standing.first()}
        return render(request, "signup/withdraw_consent.html", context)
    try:
        consents.withdraw_consent(consent=consent, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused.refusal))
    else:
        messages.success(request, _("Done. Your yes is taken back, and nobody was told."))
    return redirect("my_meetings")


@require_http_methods(FORM_METHODS)
def accept_agreement(request: SignedInRequest) -> HttpResponse:
    """Show what we agree with each other; who has not yet agreed to it as it is now, can."""
    form = TermsForm(request.POST or None, asks=("accepts",))
    if request.method == "POST" and form.is_valid():
        try:
            agreements.accept_agreement(version=form.accepted, by=request.user)
        except Refused as refused:
            form.refuse("accepts", refused.refusal)
        else:
            messages.success(request, _("Thank you. That is noted."))
            return redirect(_next_page(request))
    context = {
        "form": form,
        "version": form.in_force["accepts"],
        "content_language": settings.LANGUAGE_CODE,
        "acceptance": current_acceptance(request.user),
        "next_url": request.POST.get("next") or request.GET.get("next", ""),
    }
    return render(request, "signup/accept_agreement.html", context)


def _next_page(request: SignedInRequest) -> str:
    asked_for = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(asked_for, allowed_hosts=None):
        return asked_for
    return reverse("my_meetings")


@require_http_methods(FORM_METHODS)
def my_settings(request: SignedInRequest) -> HttpResponse:
    """Show and change what one decides oneself: name, mail, language, time zone."""
    form = SettingsForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        language = form.cleaned_data["language"]
        with override(language):
            messages.success(request, _("Your settings are saved."))
        return HttpResponseRedirect(translate_url(request.path, language))
    return render(request, "signup/my_settings.html", {"form": form})
