from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.choices import WrongAbout
from directory.models.fields import only_known


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def open(self) -> CorrectionQuerySet:
        """Those that nobody has dealt with."""
        return self.filter(settled_at=None)

    def saying_it_does_not_run(self) -> CorrectionQuerySet:
        return self.filter(about=WrongAbout.NOT_RUNNING)


class Correction(models.Model):
    """Somebody says that a group's page is wrong; nobody knows who.

    It changes nothing by itself, however many say the same. `address` serves an answer alone: no
    page shows it, and it is emptied with the answer.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(
        "directory.Group", on_delete=models.CASCADE, related_name="corrections"
    )
    about = models.CharField(_("what is wrong?"), max_length=12, choices=WrongAbout.pairs)
    text = models.TextField(_("what would be right?"), max_length=1000, blank=True)
    address = models.EmailField(_("your e-mail address"), blank=True, editable=False)
    language = models.CharField(_("language"), max_length=10, default="en", editable=False)
    told_at = models.DateTimeField(_("told at"), default=timezone.now, editable=False)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    settled_at = models.DateTimeField(_("dealt with at"), null=True, blank=True, editable=False)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ("told_at", "id")
        constraints = (
            only_known("correction", "about", WrongAbout),
            models.CheckConstraint(
                condition=models.Q(settled_at=None) | models.Q(address=""),
                name="correction_settled_keeps_no_address",
            ),
        )
        indexes = (
            models.Index(
                fields=("group", "told_at"),
                condition=models.Q(settled_at=None),
                name="correction_open",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
