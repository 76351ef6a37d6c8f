from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PrivateCalendar(models.Model):
    """The address by which a person's own calendar reads their dates; only its hash is kept."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="private_calendar",
    )
    token_hash = models.CharField(_("hash of the token"), max_length=64, unique=True)
    title = models.CharField(
        _("title of the dates"),
        max_length=60,
        blank=True,
        help_text=_("What your calendar calls each date. Leave it empty for “Appointment”."),
    )
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("ends at"))

    class Meta:
        verbose_name = _("private calendar")
        verbose_name_plural = _("private calendars")

    def __str__(self) -> str:
        return str(self.pk)
