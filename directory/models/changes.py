from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.choices import ChangeKind
from directory.models.fields import only_known
from directory.models.groups import Group


class ScheduleChangeQuerySet(models.QuerySet["ScheduleChange"]):
    def standing(self) -> ScheduleChangeQuerySet:
        return self.filter(undone_at=None)

    def may_be_undone(self, now: datetime | None = None) -> ScheduleChangeQuerySet:
        """Those that nobody is told of yet, newest first."""
        now = now or timezone.now()
        return self.standing().filter(undo_until__gt=now).order_by("-made_at", "id")


class ScheduleChange(models.Model):
    """What somebody did to a group's dates, and what these were before, so that it can be undone.

    `before` holds the rows as they were: `meetings`, `series` (lists of `KeptRow`). Under `made`
    are the ids of what the change itself made, under `after` all these rows as it left them, and
    under `told` how many people are owed a mail.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(_("kind"), max_length=12, choices=ChangeKind.pairs)
    reason = models.CharField(_("reason for the change"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now, editable=False)
    undo_until = models.DateTimeField(_("can be undone until"))
    # None: it was a mistyped word, and nobody is told.
    tells_at = models.DateTimeField(_("people are told at"), null=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, editable=False)
    before = models.JSONField(_("before"), default=dict)

    objects = ScheduleChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of dates")
        verbose_name_plural = _("changes of dates")
        constraints = (only_known("schedule_change", "kind", ChangeKind),)
        indexes = (models.Index(fields=("group", "made_at"), name="change_of_group"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
