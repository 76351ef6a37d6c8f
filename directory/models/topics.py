from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Topic(models.Model):
    """What a group is about; a tree of two levels."""

    slug = models.SlugField(_("address"), max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=80)
    description = models.CharField(_("in one line"), max_length=200, blank=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ("position", "name")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="topic_is_not_its_own_parent"
            ),
        )

    def __str__(self) -> str:
        return self.name
