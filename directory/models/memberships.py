from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.choices import MembershipState
from directory.models.agreements import Acceptance, Consent
from directory.models.fields import only_known

if TYPE_CHECKING:
    from accounts.models import Person


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self) -> MembershipQuerySet:
        return self.filter(state=MembershipState.ACTIVE)

    def open(self) -> MembershipQuerySet:
        """Active, or on the way to it."""
        return self.filter(state__in=Membership.OPEN)

    def asked(self) -> MembershipQuerySet:
        return self.filter(state=MembershipState.ASKED)

    def waiting(self) -> MembershipQuerySet:
        """Those on the waiting list, longest first."""
        return self.filter(state=MembershipState.WAITING).order_by("asked_at", "id")

    def of(self, person: Person) -> MembershipQuerySet:
        return self.filter(person=person)


class Membership(models.Model):
    """A person's standing in a group: one row a pair, whatever its state."""

    OPEN: ClassVar[tuple[str, ...]] = (
        MembershipState.ASKED,
        MembershipState.WAITING,
        MembershipState.ACTIVE,
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(
        "directory.Group", on_delete=models.CASCADE, related_name="memberships"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    state = models.CharField(_("state"), max_length=10, choices=MembershipState.pairs)
    acceptance = models.ForeignKey(
        Acceptance, null=True, on_delete=models.PROTECT, related_name="memberships"
    )
    consent = models.ForeignKey(
        Consent, null=True, on_delete=models.PROTECT, related_name="memberships"
    )
    message = models.TextField(_("message to the facilitator"), max_length=1000, blank=True)
    access_needs = models.CharField(_("access needs"), max_length=500, blank=True)
    would_rather_listen = models.BooleanField(_("would rather listen"), default=False)
    comes_online = models.BooleanField(
        _("usually takes part from home"), default=False, db_default=False
    )
    away_from = models.DateField(_("away from"), null=True, blank=True)
    away_until = models.DateField(_("away until"), null=True, blank=True)
    is_adult = models.BooleanField(_("confirmed being 18 or over"), default=False)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    joined_at = models.DateTimeField(_("joined at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = (
            only_known("membership", "state", MembershipState),
            models.UniqueConstraint(fields=("group", "person"), name="membership_once"),
            models.CheckConstraint(
                condition=~models.Q(
                    state__in=[
                        MembershipState.ASKED,
                        MembershipState.WAITING,
                        MembershipState.ACTIVE,
                    ]
                )
                | models.Q(acceptance__isnull=False, consent__isnull=False),
                name="membership_rests_on_agreement_and_consent",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=MembershipState.ACTIVE)
                | models.Q(joined_at__isnull=False, ended_at=None),
                name="membership_active_has_begun",
            ),
            models.CheckConstraint(
                condition=~models.Q(
                    state__in=[
                        MembershipState.LEFT,
                        MembershipState.DECLINED,
                        MembershipState.REMOVED,
                    ]
                )
                | models.Q(ended_at__isnull=False, access_needs="", message=""),
                name="membership_ended_keeps_no_answers",
            ),
            models.CheckConstraint(
                condition=models.Q(away_from=None, away_until=None)
                | models.Q(away_from__lte=models.F("away_until")),
                name="membership_away_in_order",
            ),
        )
        indexes = (models.Index(fields=("group", "state", "asked_at"), name="membership_queue"),)

    def __str__(self) -> str:
        return f"{self.state} {self.id}"

    @property
    def is_active(self) -> bool:
        return self.state == MembershipState.ACTIVE

    @property
    def is_asked(self) -> bool:
        return self.state == MembershipState.ASKED

    @property
    def is_waiting(self) -> bool:
        return self.state == MembershipState.WAITING

    @property
    def spoken_number(self) -> str:
        """What the person can name to the organisation, who see no names: 3F9A-22C1."""
        letters = self.id.hex[:8].upper()
        return f"{letters[:4]}-{letters[4:]}"
