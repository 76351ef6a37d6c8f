from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.choices import WrongAbout
from directory.models.asked import Asked
from directory.models.fields import only_known


class Correction(Asked):
    """Somebody says that a group's page is wrong.

    It changes nothing by itself, however many say the same.
    """

    CAME, CLOSED = "told_at", "settled_at"

    group = models.ForeignKey(
        "directory.Group", on_delete=models.CASCADE, related_name="corrections"
    )
    about = models.CharField(_("what is wrong?"), max_length=12, choices=WrongAbout.pairs)
    text = models.TextField(_("what would be right?"), max_length=1000, blank=True)
    told_at = models.DateTimeField(_("told at"), default=timezone.now, editable=False)
    settled_at = models.DateTimeField(_("dealt with at"), null=True, blank=True, editable=False)

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
