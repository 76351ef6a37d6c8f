from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models.asked import Asked


class Question(Asked):
    """What somebody asks a group before they join."""

    CAME, CLOSED = "asked_at", "answered_at"
    is_question = True

    group = models.ForeignKey("directory.Group", on_delete=models.CASCADE, related_name="questions")
    name = models.CharField(_("a name to go by"), max_length=60, blank=True)
    text = models.TextField(_("your question"), max_length=1000)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now, editable=False)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)

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
