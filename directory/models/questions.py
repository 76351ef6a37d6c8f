from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from uuid import UUID


class QuestionQuerySet(models.QuerySet["Question"]):
    def open(self) -> QuestionQuerySet:
        """Those that wait for an answer."""
        return self.filter(answered_at=None)

    def to_group(self, group_id: UUID) -> QuestionQuerySet:
        return self.filter(group=group_id)


class Question(models.Model):
    """What somebody asks a group before they join; nobody knows who.

    `address` serves the answer alone: no page shows it, and it is emptied with the answer.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey("directory.Group", on_delete=models.CASCADE, related_name="questions")
    name = models.CharField(_("a name to go by"), max_length=60, blank=True)
    text = models.TextField(_("your question"), max_length=1000)
    address = models.EmailField(_("your e-mail address"), blank=True, editable=False)
    language = models.CharField(_("language"), max_length=10, default="en", editable=False)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now, editable=False)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ("asked_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(answered_at=None) | models.Q(address=""),
                name="question_answered_keeps_no_address",
            ),
        )
        indexes = (
            models.Index(
                fields=("group", "asked_at"),
                condition=models.Q(answered_at=None),
                name="question_open",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
