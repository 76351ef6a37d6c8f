from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import FORM_METHODS, SignedInRequest, posted
from directory.actions import groups as actions
from directory.forms.moderate.group import GroupForm
from directory.loaders.moderate import (
    ask_to_moderate,
    load_moderated_group,
    load_moderated_organisation,
)
from directory.models import Group
from directory.queries.asked import asked_of
from directory.queries.changes import undoable
from directory.queries.cover_missing import dates_to_staff
from directory.queries.crisis import crisis_lines_needing_review
from directory.queries.memberships import turned_away_from
from directory.queries.moderation import (
    current_facilitators,
    facts_of,
    moderated_organisations,
    standing_invitations,
)
from directory.refusals import Refused
from directory.rules.groups import is_unconfirmed, what_is_missing, what_would_help, why_not_publish
from directory.rules.moderating import runs_site
from directory.text.named_lists import likely_languages
from directory.views.find.shown import group_context
from directory.views.moderate.answers import done, saved
from directory.views.moderate.overview import overview_of


@require_safe
def moderated_groups(request: SignedInRequest) -> HttpResponse:
    """All groups of one's organisations, those that need somebody first."""
    ask_to_moderate(request.user)
    context = {
        "organisations": moderated_organisations(request.user),
        "overview": overview_of(request.user, request.GET),
        "dates_to_staff": dates_to_staff(request.user, timezone.now()).count(),
        "lines_to_review": runs_site(request.user)
        and crisis_lines_needing_review(timezone.localdate()).count(),
    }
    return render(request, "moderate/moderated_groups.html", context)


@require_safe
def moderated_group(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """One group: what visitors still need, who runs it, and what can be done with it."""
    group = load_moderated_group(request.user, uuid)
    facts, now = facts_of(group), timezone.now()
    context = {
        "group": group,
        "facts": facts,
        "undoable": undoable(group, request.user, now=now, counts=False),
        "missing": what_is_missing(group, facts),
        "can_publish": not why_not_publish(group, facts),
        "asked": asked_of([group]),
        "helpful": what_would_help(group, facts),
        "facilitators": current_facilitators(group),
        "invitations": standing_invitations(group),
        "is_unconfirmed": is_unconfirmed(group),
        "turned_away": turned_away_from(group).exists(),
        "now": now,
    }
    return render(request, "moderate/moderated_group.html", context)


@require_http_methods(FORM_METHODS)
def create_group(request: SignedInRequest, slug: str) -> HttpResponse:
    """Put up a draft."""
    organisation = load_moderated_organisation(request.user, slug)
    blank = Group(
        organisation=organisation,
        country=organisation.country,
        time_zone=organisation.time_zone,
        languages=likely_languages(organisation.country)[:1],
    )
    form = GroupForm(posted(request), instance=blank)
    if form.is_bound and form.is_valid():
        try:
            values = form.new_values()
            group = actions.create_group(organisation=organisation, by=request.user, **values)
        except Refused as refused:
            form.add_refusal(refused.refusal)
        else:
            messages.success(request, _("Saved as a draft: only your organisation sees it."))
            return redirect("moderated_group", group.pk)
    return render(
        request, "moderate/create_group.html", {"organisation": organisation, "form": form}
    )


@require_http_methods(FORM_METHODS)
def edit_group(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Change what a group says of itself."""
    group = load_moderated_group(request.user, uuid)
    form = GroupForm(posted(request), instance=group)
    if form.is_bound and form.is_valid():
        save = partial(actions.update_group, group=group, by=request.user, version=group.version)
        if saved(request, form, lambda: save(**form.changed_values())):
            return redirect("moderated_group", group.pk)
    return render(request, "moderate/edit_group.html", {"group": group, "form": form})


@require_safe
def preview_group(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """The group's page as visitors will see it, before they do."""
    group = load_moderated_group(request.user, uuid)
    return render(request, "moderate/preview_group.html", group_context(group))


@require_POST
def publish_group(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Show a group to visitors."""
    group = load_moderated_group(request.user, uuid)
    done(
        request,
        partial(actions.publish_group, group=group, by=request.user),
        _("Published: everybody can find this group now."),
    )
    return redirect("moderated_group", group.pk)


@require_POST
def unpublish_group(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Take a group away from visitors for a while."""
    group = load_moderated_group(request.user, uuid)
    done(
        request,
        partial(actions.pause_group, group=group, by=request.user),
        _("Paused: visitors do not find this group until you publish it again."),
    )
    return redirect("moderated_group", group.pk)


@require_POST
def confirm_group(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Say that all on the group's page is still right."""
    group = load_moderated_group(request.user, uuid)
    done(
        request,
        partial(actions.confirm_group, group=group, by=request.user),
        _("Thank you. Visitors see that this was confirmed today."),
    )
    return redirect("moderated_group", group.pk)
