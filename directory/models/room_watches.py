from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models.agreements import Consent
from directory.models.groups import Group


class RoomWatch(models.Model):
    """Somebody who wants to hear when a full group has room again; gone once they are told."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="room_watches")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="room_watches"
    )
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="room_watches")
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now, editable=False)
    told_at = models.DateTimeField(_("told at"), null=True, editable=False)

    class Meta:
        verbose_name = _("wish to hear of room")
        verbose_name_plural = _("wishes to hear of room")
        constraints = (models.UniqueConstraint(fields=("group", "person"), name="room_watch_once"),)

    def __str__(self) -> str:
        return str(self.id)
