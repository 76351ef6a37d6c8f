"""What only administrators do: organisations and their moderators, and the words that ship.

Groups, places, crisis lines and the site's name have pages of their own under /moderate/.
Memberships, seats, agreements accepted and consents are not to be browsed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.admin_site import DeclaredAdmin, ReadOnlyAdmin
from accounts.audit import record
from accounts.models import Person
from accounts.requests import SignedInRequest
from directory.actions.finder import refresh_finder
from directory.actions.organisations import add_moderator, end_moderator
from directory.models import (
    AgreementVersion,
    Article,
    ArticlePart,
    ConfidentialityNote,
    Group,
    Moderator,
    Organisation,
    Topic,
)
from directory.queries.notes import forget_notes
from directory.refusals import Refused
from directory.rules.moderating import why_not_add_moderator


@admin.register(Organisation)
class OrganisationAdmin(DeclaredAdmin):
    list_display = ("name", "country", "runs_site")
    search_fields = ("name",)
    fields = ("name", "slug", "country", "time_zone", "runs_site")

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple:
        """An address that people know stays."""
        return ("slug",) if obj else ()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, *args: Any) -> None:
        """Let groups be found by the new name."""
        super().save_model(request, obj, form, *args)
        if "name" in form.changed_data:
            refresh_finder(Group.everything.filter(organisation=obj))

    def has_delete_permission(self, request: HttpRequest, *args: Any, **kwargs: Any) -> bool:
        """Its groups and their members would go with it."""
        return False


class ModeratorForm(forms.ModelForm):
    """The person is named by the address they sign in with: no list of people to choose from."""

    email = forms.EmailField(label=_("E-mail address they sign in with"))

    class Meta:
        model = Moderator
        fields = ("organisation",)

    def clean(self) -> dict[str, Any]:
        """Find the person, and ask the rule."""
        values = super().clean() or self.cleaned_data
        person = Person.objects.filter(email__iexact=values.get("email", "")).first()
        if "email" in values and person is None:
            self.add_error("email", _("Nobody signs in with this address yet."))
        if person and "organisation" in values:
            refusal = why_not_add_moderator(values["organisation"], person, by=None)
            if refusal:
                self.add_error("email", str(refusal))
        values["person"] = person
        return values


@admin.register(Moderator)
class ModeratorAdmin(DeclaredAdmin):
    list_display = ("organisation", "person", "since_at", "ended_at")
    list_filter = ("organisation",)
    form = ModeratorForm
    actions = ("end",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Moderator]:
        """Those who moderate now first."""
        rows = super().get_queryset(request).select_related("organisation", "person")
        return rows.order_by("-ended_at", "organisation__name")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, *args: Any) -> None:
        """Leave it to the action, which also writes the audit trail."""
        by = cast("Person", request.user)
        person = form.cleaned_data["person"]
        made = add_moderator(organisation=obj.organisation, person=person, by=by)
        obj.pk, obj.person = made.pk, made.person

    @admin.action(description=_("End their moderating at once"))
    def end(self, request: SignedInRequest, chosen: QuerySet[Moderator]) -> None:
        """End each, or say why not."""
        for moderator in chosen:
            try:
                end_moderator(moderator=moderator, by=request.user)
            except Refused as refused:
                messages.error(request, str(refused.refusal))

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """The list is needed for ending; a row itself is never changed."""
        return obj is None

    def has_delete_permission(self, request: HttpRequest, *args: Any, **kwargs: Any) -> bool:
        """What somebody was stays known."""
        return False


@admin.register(Group)
class GroupAdmin(ReadOnlyAdmin):
    list_display = ("name", "organisation", "status", "confirmed_on")
    list_filter = ("status", "organisation")
    search_fields = ("name",)
    fields = ("name", "slug", "organisation", "status", "format", "joining", "published_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Group]:
        """All of them, drafts too."""
        return Group.everything.select_related("organisation").order_by("name")


@admin.register(Topic)
class TopicAdmin(DeclaredAdmin):
    list_display = ("name", "parent", "slug", "position")
    list_filter = (("parent", admin.RelatedOnlyFieldListFilter),)
    search_fields = ("name",)
    fields = ("name", "slug", "parent", "description", "position")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, *args: Any) -> None:
        """Let groups be found by the topic's new words."""
        super().save_model(request, obj, form, *args)
        refresh_finder(_groups_on([obj]))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Let groups no longer be found by a topic that is gone."""
        groups = _groups_on([obj])
        super().delete_model(request, obj)
        refresh_finder(groups)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Topic]) -> None:
        """Likewise, for several at once."""
        groups = _groups_on(queryset)
        super().delete_queryset(request, queryset)
        refresh_finder(groups)


def _groups_on(topics: Iterable[Topic]) -> list[UUID]:
    """Return the groups on these topics or on parts of them."""
    keys = [topic.pk for topic in topics]
    groups = Group.everything.filter(Q(topics__in=keys) | Q(topics__parent__in=keys))
    return list(groups.order_by().values_list("pk", flat=True).distinct())


class ArticlePartInline(admin.StackedInline):
    model = ArticlePart
    extra = 0


class TellsPages(DeclaredAdmin):
    """What pages keep in memory for a while."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, *args: Any) -> None:
        """Let pages read the new words."""
        super().save_model(request, obj, form, *args)
        transaction.on_commit(forget_notes)


@admin.register(Article)
class ArticleAdmin(TellsPages):
    list_display = ("title", "published_at", "updated_at")
    inlines = (ArticlePartInline,)
    filter_horizontal = ("topics",)


@admin.register(ConfidentialityNote)
class ConfidentialityNoteAdmin(TellsPages):
    list_display = ("slug", "origin", "source", "position")
    list_filter = ("origin",)


@admin.register(AgreementVersion)
class AgreementVersionAdmin(DeclaredAdmin):
    """A published version is what people agreed to: it never changes, and never goes."""

    list_display = ("kind", "number", "title", "published_at")
    list_filter = ("kind",)
    fields = ("kind", "number", "title", "text", "published_at")
    readonly_fields = ("published_at",)
    actions = ("publish",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Drafts only."""
        return super().has_change_permission(request, obj) and not (obj and obj.published_at)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """One draft at a time, from its own page."""
        return bool(obj) and not obj.published_at and super().has_delete_permission(request, obj)

    @admin.action(description=_("Publish: people are asked again, and the text can never change"))
    def publish(self, request: SignedInRequest, chosen: QuerySet[AgreementVersion]) -> None:
        """Put drafts in force from now on."""
        with transaction.atomic():
            for version in chosen.select_for_update().filter(published_at=None):
                version.published_at = timezone.now()
                version.save(update_fields=("published_at",))
                record(by=request.user, action="agreement.published", about=version)
