from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models.groups import Group
from directory.recurrence import occurrences


class Series(models.Model):
    """The rule by which a group's meetings recur, in local time of an IANA zone.

    `rule` is an RRULE of the restricted set of `directory.recurrence`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="series")
    first_on = models.DateField(_("from"))
    starts_at_time = models.TimeField(_("starts at"))
    duration_minutes = models.PositiveSmallIntegerField(_("minutes"), default=60)
    time_zone = models.CharField(_("time zone"), max_length=64)
    rule = models.CharField(_("rule"), max_length=200)
    skipped_on = ArrayField(
        models.DateField(), verbose_name=_("skipped dates"), default=list, blank=True
    )
    # The series that this one took over from, where its times were changed.
    follows = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="followed_by"
    )
    generated_until = models.DateTimeField(_("dates exist until"), null=True, editable=False)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ("first_on", "starts_at_time", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(duration_minutes__range=(5, 24 * 60)),
                name="series_lasts_minutes_to_a_day",
            ),
        )

    def __str__(self) -> str:
        return self.rule

    @property
    def start_local(self) -> datetime:
        """The first start as a naive local time."""
        return datetime.combine(self.first_on, self.starts_at_time)

    @property
    def is_over(self) -> bool:
        """Whether it ended. One that has an end to come still has the dates before it."""
        return self.ended_at is not None and self.ended_at <= timezone.now()

    def starts(
        self,
        *,
        after: datetime | None = None,
        before: datetime | None = None,
        limit: int | None = None,
    ) -> Iterator[datetime]:
        """Yield the starts that the rule gives until its end, days left out among them.

        See `recurrence.occurrences`. Raises ValueError for a rule that cannot be read.
        """
        if self.ended_at is not None:
            end = self.ended_at - timedelta(microseconds=1)
            before = end if before is None else min(before, end)
        return occurrences(
            self.rule, self.start_local, self.time_zone, after=after, before=before, limit=limit
        )
