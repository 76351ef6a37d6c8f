from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MissingGroup(models.Model):
    """What somebody looked for and did not find. No address, no account, nothing that tells who."""

    wanted = models.TextField(_("what were you looking for?"), max_length=1000)
    where = models.CharField(_("where?"), max_length=120, blank=True)
    created_on = models.DateField(_("on"), default=timezone.localdate, editable=False)
    done_at = models.DateTimeField(_("dealt with at"), null=True, blank=True)

    class Meta:
        verbose_name = _("missing group")
        verbose_name_plural = _("missing groups")
        ordering = ("-created_on", "-id")

    def __str__(self) -> str:
        return str(self.id)
