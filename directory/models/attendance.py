from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models.meetings import Meeting


class Attendance(models.Model):
    """How many came to a meeting, as its facilitator counted. Heads, not names."""

    meeting = models.OneToOneField(
        Meeting, on_delete=models.CASCADE, primary_key=True, related_name="attendance"
    )
    came = models.PositiveSmallIntegerField(_("how many came"))
    first_time = models.PositiveSmallIntegerField(_("of them for the first time"), default=0)
    counted_at = models.DateTimeField(_("counted at"), default=timezone.now)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(first_time__lte=models.F("came")),
                name="attendance_newcomers_among_all",
            ),
        )

    def __str__(self) -> str:
        return str(self.came)
