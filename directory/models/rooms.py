from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from directory.models.groups import Group


class OnlineRoom(models.Model):
    """How to get into a group's online meetings. A table of its own, read by one query alone."""

    group = models.OneToOneField(
        Group, on_delete=models.CASCADE, primary_key=True, related_name="online_room"
    )
    url = models.URLField(_("link"), max_length=1000, blank=True)
    meeting_code = models.CharField(_("meeting ID"), max_length=100, blank=True)
    passcode = models.CharField(_("passcode"), max_length=100, blank=True)
    phone = models.CharField(_("dial-in number"), max_length=200, blank=True)
    notes = models.TextField(_("notes for members"), blank=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True, db_default=Now())

    class Meta:
        verbose_name = _("online room")
        verbose_name_plural = _("online rooms")

    def __str__(self) -> str:
        return str(self.group_id)
