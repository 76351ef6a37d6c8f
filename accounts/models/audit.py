from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """Who did what, and when. References are text, so that the trail outlives what it speaks of.

    Append-only: a trigger of the database refuses changes, and deletion before twelve months.
    """

    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)
    actor = models.CharField(_("actor"), max_length=100)
    action = models.CharField(_("action"), max_length=60)
    about = models.CharField(_("about"), max_length=100)
    organisation = models.CharField(_("organisation"), max_length=100, blank=True)
    detail = models.JSONField(_("detail"), default=dict)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit trail")
        indexes = (
            models.Index(fields=("about", "at"), name="audit_about"),
            models.Index(fields=("organisation", "at"), name="audit_organisation"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"
