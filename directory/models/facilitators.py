from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.choices import FacilitatorRole
from directory.models.fields import only_known


class FacilitatorProfile(models.Model):
    """What visitors may know of a facilitator who chose to be listed: a first name, a few words."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="facilitator_profile",
    )
    # Names the public page; the person's own key would stand in logs beside a name.
    public_id = models.UUIDField(
        default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False
    )
    public_first_name = models.CharField(_("first name shown to visitors"), max_length=40)
    about = models.CharField(_("a few words about you"), max_length=300, blank=True)
    is_listed = models.BooleanField(_("show me to visitors"), default=False)

    class Meta:
        verbose_name = _("facilitator's listing")
        verbose_name_plural = _("facilitators' listings")

    def __str__(self) -> str:
        return self.public_first_name


class FacilitatorQuerySet(models.QuerySet["Facilitator"]):
    def current(self) -> FacilitatorQuerySet:
        return self.filter(ended_at=None)

    def listed(self) -> FacilitatorQuerySet:
        """Those whom visitors may see: by choice, and of a published group."""
        return self.current().filter(
            person__facilitator_profile__is_listed=True, group__status="published"
        )


class Facilitator(models.Model):
    """A person who runs a group, from `since_at` until `ended_at`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(
        "directory.Group", on_delete=models.CASCADE, related_name="facilitators"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="facilitations"
    )
    role = models.CharField(
        _("role"), max_length=10, choices=FacilitatorRole.pairs, default=FacilitatorRole.CO
    )
    since_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = FacilitatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("facilitator")
        verbose_name_plural = _("facilitators")
        constraints = (
            only_known("facilitator", "role", FacilitatorRole),
            models.UniqueConstraint(
                fields=("group", "person"),
                condition=models.Q(ended_at=None),
                name="facilitator_once_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.role} {self.id}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> InvitationQuerySet:
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now())


class Invitation(models.Model):
    """A mail that asks somebody to facilitate a group. Its link carries a signed id, no secret."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(
        "directory.Group", on_delete=models.CASCADE, related_name="invitations"
    )
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(
        _("role"), max_length=10, choices=FacilitatorRole.pairs, default=FacilitatorRole.LEAD
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("expires at"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = (
            only_known("invitation", "role", FacilitatorRole),
            models.UniqueConstraint(
                fields=("group", "email"),
                condition=models.Q(accepted_at=None, withdrawn_at=None),
                name="invitation_open_once",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
