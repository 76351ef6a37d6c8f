from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.choices import SeatState
from directory.models.agreements import Acceptance, Consent
from directory.models.fields import only_known
from directory.models.meetings import Meeting
from directory.models.memberships import Membership

if TYPE_CHECKING:
    from accounts.models import Person


class SeatQuerySet(models.QuerySet["Seat"]):
    def confirmed(self) -> SeatQuerySet:
        return self.filter(state=SeatState.CONFIRMED)

    def waiting(self) -> SeatQuerySet:
        return self.filter(state=SeatState.WAITING).order_by("queued_at", "id")

    def taking_room(self, now: datetime | None = None) -> SeatQuerySet:
        """Seats that count against the capacity: confirmed, and held by an offer that stands."""
        offered = models.Q(state=SeatState.OFFERED, offer_expires_at__gt=now or timezone.now())
        return self.filter(models.Q(state=SeatState.CONFIRMED) | offered)

    def held(self, now: datetime | None = None) -> SeatQuerySet:
        """Seats that are taken, waited for, or held by an offer that stands."""
        run_out = models.Q(state=SeatState.OFFERED, offer_expires_at__lte=now or timezone.now())
        return self.filter(state__in=Seat.HELD).exclude(run_out)

    def run_out(self, now: datetime | None = None) -> SeatQuerySet:
        """Offers whose time is over and that nobody has closed yet."""
        return self.filter(state=SeatState.OFFERED, offer_expires_at__lte=now or timezone.now())

    def of(self, person: Person) -> SeatQuerySet:
        return self.filter(person=person)


class Seat(models.Model):
    """A person's place at one meeting (RSVP): one row a pair, whatever its state.

    It rests on a membership, or, for who takes a single date, on an acceptance and a consent.
    """

    HELD: ClassVar[tuple[str, ...]] = (
        SeatState.CONFIRMED,
        SeatState.WAITING,
        SeatState.OFFERED,
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="seats"
    )
    membership = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.CASCADE, related_name="seats"
    )
    acceptance = models.ForeignKey(
        Acceptance, null=True, blank=True, on_delete=models.PROTECT, related_name="seats"
    )
    consent = models.ForeignKey(
        Consent, null=True, blank=True, on_delete=models.PROTECT, related_name="seats"
    )
    state = models.CharField(_("state"), max_length=10, choices=SeatState.pairs)
    # Only counted apart at hybrid dates.
    is_online = models.BooleanField(_("takes part from home"), default=False, db_default=False)
    brings_companion = models.BooleanField(
        _("comes with a companion or carer"), default=False, db_default=False
    )
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    # The order of the waiting list: when they asked, unless a facilitator let somebody go first.
    queued_at = models.DateTimeField(_("waits since"), default=timezone.now, db_default=Now())
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now)
    offer_expires_at = models.DateTimeField(_("offer expires at"), null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints = (
            only_known("seat", "state", SeatState),
            models.UniqueConstraint(fields=("meeting", "person"), name="seat_once"),
            models.CheckConstraint(
                condition=models.Q(state=SeatState.GIVEN_BACK)
                | models.Q(membership__isnull=False)
                | models.Q(acceptance__isnull=False, consent__isnull=False),
                name="seat_rests_on_membership_or_consent",
            ),
            models.CheckConstraint(
                condition=models.Q(state=SeatState.OFFERED, offer_expires_at__isnull=False)
                | (~models.Q(state=SeatState.OFFERED) & models.Q(offer_expires_at=None)),
                name="seat_offer_expires",
            ),
        )
        indexes = (
            models.Index(fields=("meeting", "state", "queued_at"), name="seat_queue"),
            models.Index(
                fields=("offer_expires_at",),
                condition=models.Q(state=SeatState.OFFERED),
                name="seat_offers",
            ),
        )

    def __str__(self) -> str:
        return f"{self.state} {self.id}"

    @property
    def is_confirmed(self) -> bool:
        return self.state == SeatState.CONFIRMED

    @property
    def is_waiting(self) -> bool:
        return self.state == SeatState.WAITING

    @property
    def places(self) -> int:
        """How many places it takes: a companion or carer needs one as well."""
        return 2 if self.brings_companion else 1

    @property
    def is_offered(self) -> bool:
        """Whether a place is held for this person at the moment."""
        return (
            self.state == SeatState.OFFERED
            and self.offer_expires_at is not None
            and self.offer_expires_at > timezone.now()
        )
