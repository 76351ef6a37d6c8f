from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models import Person


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def moderated_by(self, person: Person) -> OrganisationQuerySet:
        """Those that `person` moderates now."""
        return self.filter(
            id__in=Moderator.objects.current().filter(person=person).values("organisation")
        )

    def with_published_groups(self) -> OrganisationQuerySet:
        return self.filter(groups__status="published").distinct()


class Organisation(models.Model):
    """Who answers for groups: a charity, a hospital, a circle of people."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=120, unique=True)
    slug = models.SlugField(_("address"), max_length=64, unique=True)
    description = models.TextField(_("about"), blank=True)
    country = models.CharField(_("country"), max_length=2)
    time_zone = models.CharField(_("time zone"), max_length=64)
    website = models.URLField(_("web page"), blank=True)
    contact_email = models.EmailField(_("public e-mail address"), blank=True)
    contact_phone = models.CharField(_("public phone number"), max_length=40, blank=True)
    runs_site = models.BooleanField(
        _("runs this site"),
        default=False,
        help_text=_("Its moderators edit the site's name, contact and crisis lines."),
    )
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                fields=("runs_site",),
                condition=models.Q(runs_site=True),
                name="organisation_one_runs_the_site",
            ),
        )

    def __str__(self) -> str:
        return self.name


class ModeratorQuerySet(models.QuerySet["Moderator"]):
    def current(self) -> ModeratorQuerySet:
        return self.filter(ended_at=None)


class Moderator(models.Model):
    """A person who moderates an organisation, until `ended_at`."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="moderators"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="moderations"
    )
    since_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = ModeratorQuerySet.as_manager()

    class Meta:
        verbose_name = _("moderator")
        verbose_name_plural = _("moderators")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "person"),
                condition=models.Q(ended_at=None),
                name="moderator_once_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} · {self.organisation}"
