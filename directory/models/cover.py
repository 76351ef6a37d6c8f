from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.choices import CoverState
from directory.models.fields import only_known
from directory.models.meetings import Meeting

if TYPE_CHECKING:
    from accounts.models import Person


def before_a_move() -> models.Q:
    """Return the condition on covers that the answer is to another start than the date has now.

    Rows that do not tell are from before it was written down.
    """
    return models.Q(answered_for__isnull=False) & ~models.Q(
        answered_for=models.F("meeting__starts_at")
    )


class CoverQuerySet(models.QuerySet["Cover"]):
    def open(self) -> CoverQuerySet:
        """Asked for, or offered and not answered yet."""
        return self.filter(state__in=Cover.OPEN)

    def promised(self) -> CoverQuerySet:
        """Those who were taken at their word, whether or not the date was moved since."""
        return self.filter(state=CoverState.ACCEPTED)

    def accepted(self) -> CoverQuerySet:
        """Those who stand in at the start as it is now."""
        return self.promised().exclude(before_a_move())

    def before_a_move(self) -> CoverQuerySet:
        """Those who said yes to another start than the date has now."""
        return self.filter(before_a_move(), state__in=(CoverState.OFFERED, CoverState.ACCEPTED))

    def asked_of(self, person: Person) -> CoverQuerySet:
        return self.filter(person=person)

    def offered(self) -> CoverQuerySet:
        """Those whose yes is for the start as it is now, the earliest first."""
        for_now = self.filter(state=CoverState.OFFERED, answered_for=models.F("meeting__starts_at"))
        return for_now.order_by("answered_at", "id")


class Cover(models.Model):
    """Somebody asked to stand in for one date: one row a pair, whatever its state."""

    OPEN: ClassVar[tuple[str, ...]] = (CoverState.ASKED, CoverState.OFFERED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="covers")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="covers"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=CoverState.pairs, default=CoverState.ASKED
    )
    # Asked alone, by name: their yes settles it. Asked among many, it is an offer.
    by_name = models.BooleanField(_("asked by name"), default=False, db_default=False)
    note = models.CharField(_("a few words"), max_length=200, blank=True)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    # The start they were thinking of: after a move they are asked again, whatever they said.
    answered_for = models.DateTimeField(_("answered for the start"), null=True, blank=True)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    objects = CoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("cover")
        verbose_name_plural = _("covers")
        constraints = (
            only_known("cover", "state", CoverState),
            models.UniqueConstraint(fields=("meeting", "person"), name="cover_once"),
            models.UniqueConstraint(
                fields=("meeting",),
                condition=models.Q(state=CoverState.ACCEPTED),
                name="cover_by_one",
            ),
        )
        indexes = (models.Index(fields=("person", "state"), name="cover_of_person"),)

    def __str__(self) -> str:
        return f"{self.state} {self.id}"

    @property
    def stands_in(self) -> bool:
        """Whether they were taken at their word, for the start as it is now."""
        told = self.answered_for in {None, self.meeting.starts_at}
        return self.state == CoverState.ACCEPTED and told

    @property
    def is_answered(self) -> bool:
        """Whether they said yes or no to the start as it is now."""
        return (
            self.state in {CoverState.OFFERED, CoverState.DECLINED}
            and self.answered_for == self.meeting.starts_at
        )

    @property
    def is_offered(self) -> bool:
        """Whether they said yes to the start as it is now, and wait to be taken at their word."""
        return self.state == CoverState.OFFERED and self.is_answered
