"""What questions to a group and corrections of its page have in common."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LATELY = timedelta(days=7)


class AskedQuerySet(models.QuerySet[Any]):
    def open(self) -> AskedQuerySet:
        """Those that wait: nobody has answered them or put them aside."""
        return self.filter(**{self.model.CLOSED: None})

    def lately(self) -> AskedQuerySet:
        """Those that came within the last seven days."""
        return self.filter(**{f"{self.model.CAME}__gt": timezone.now() - LATELY})

    def without_address(self) -> AskedQuerySet:
        """The same as people may read them."""
        return self.defer("address")


class Asked(models.Model):
    """What a visitor writes to a group without an account; nobody knows who.

    `address` serves the answer alone: no page shows it, and it is emptied when the row is closed.
    """

    # The fields that say when it came, and when somebody dealt with it.
    CAME: ClassVar[str]
    CLOSED: ClassVar[str]
    is_question: ClassVar[bool] = False

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    address = models.EmailField(_("your e-mail address"), blank=True, editable=False)
    language = models.CharField(_("language"), max_length=10, default="en", editable=False)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)

    objects = AskedQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.id)

    @property
    def came_at(self) -> datetime:
        """When it was written."""
        return getattr(self, self.CAME)

    @property
    def is_open(self) -> bool:
        """Whether it waits for somebody."""
        return getattr(self, self.CLOSED) is None
