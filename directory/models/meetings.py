from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.choices import GroupStatus, MeetingStatus
from directory.models.fields import only_known
from directory.models.groups import Group
from directory.models.series import Series
from directory.slots import SLOT_HOURS

# What is still going on began at most so long ago: of all that is past, no more is read.
LONGEST = timedelta(days=1)


class LocalDay(models.Func):
    """The date on which a moment falls in a zone: LocalDay("time_zone", "starts_at")."""

    function = "timezone"
    template = "(%(function)s(%(expressions)s))::date"
    arity = 2
    output_field = models.DateField()


class LocalSlot(models.Func):
    """Weekday and part of the day of a moment in a zone, as one number (`directory.slots`)."""

    function = "timezone"
    template = (
        "(extract(isodow from %(function)s(%(expressions)s))::int * 6"
        " + width_bucket(extract(hour from %(function)s(%(expressions)s))::int,"
        f" '{{{','.join(map(str, SLOT_HOURS))}}}'::int[]) %% 6)"
    )
    arity = 2
    output_field = models.PositiveSmallIntegerField()


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def of_published_groups(self) -> MeetingQuerySet:
        return self.filter(group__status=GroupStatus.PUBLISHED)

    def coming(self, now: datetime | None = None) -> MeetingQuerySet:
        """Those not over yet, soonest first; cancelled and moved ones included."""
        moment = models.Value(now or timezone.now(), output_field=models.DateTimeField())
        not_over = self.filter(ends_at__gt=moment, starts_at__gt=moment - LONGEST)
        return not_over.order_by("starts_at", "id")

    def going_ahead(self) -> MeetingQuerySet:
        return self.filter(status=MeetingStatus.SCHEDULED)

    def for_listing(self) -> MeetingQuerySet:
        return self.select_related("group__organisation", "group__place")


class PublishedMeetings(models.Manager.from_queryset(MeetingQuerySet)):  # type: ignore[misc]
    """The safe manager: dates of groups that visitors may see."""

    def get_queryset(self) -> MeetingQuerySet:
        return MeetingQuerySet(self.model, using=self._db).of_published_groups()


class Meeting(models.Model):
    """One date. A move changes `starts_at`, never `original_start`.

    `original_start` is the start by its series. Where the series itself was changed to other
    times, `planned_start` keeps when the date was first to be.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="meetings")
    series = models.ForeignKey(
        Series, null=True, blank=True, on_delete=models.PROTECT, related_name="meetings"
    )
    original_start = models.DateTimeField(_("original start"), editable=False)
    planned_start = models.DateTimeField(_("first planned for"), null=True, editable=False)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    time_zone = models.CharField(_("time zone"), max_length=64)
    status = models.CharField(
        _("status"), max_length=10, choices=MeetingStatus.pairs, default=MeetingStatus.SCHEDULED
    )
    reason = models.CharField(
        _("reason for the change"),
        max_length=200,
        blank=True,
        help_text=_("Everybody can read this. Leave out names and anything private."),
    )
    theme = models.CharField(_("theme of the evening"), max_length=120, blank=True)
    # Both in the meeting's own zone, kept by the database for the finder.
    local_day = models.GeneratedField(
        expression=LocalDay("time_zone", "starts_at"),
        output_field=models.DateField(),
        db_persist=True,
    )
    slot = models.GeneratedField(
        expression=LocalSlot("time_zone", "starts_at"),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
    )
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    # Of a hybrid date: the places of those who take part from home.
    online_capacity = models.PositiveIntegerField(_("places online"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True, db_default=Now())

    objects = PublishedMeetings()
    everything = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ("starts_at", "id")
        base_manager_name = "everything"
        constraints = (
            only_known("meeting", "status", MeetingStatus),
            models.UniqueConstraint(
                fields=("series", "original_start"), name="meeting_once_a_series"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="meeting_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__lte=models.F("starts_at") + LONGEST),
                name="meeting_lasts_a_day_at_most",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=MeetingStatus.CANCELLED) | ~models.Q(reason=""),
                name="meeting_cancelled_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(capacity=None) | models.Q(capacity__gte=1),
                name="meeting_capacity_is_positive",
            ),
            models.CheckConstraint(
                condition=models.Q(online_capacity=None) | models.Q(online_capacity__gte=1),
                name="meeting_online_capacity_is_positive",
            ),
        )
        indexes = (
            models.Index(
                # By the end the index itself leaves out what is over.
                fields=("starts_at", "group", "ends_at"),
                include=("status",),
                name="meeting_by_start",
            ),
            models.Index(fields=("local_day", "starts_at", "id"), name="meeting_by_day"),
            models.Index(fields=("slot", "starts_at", "group"), name="meeting_by_slot"),
            models.Index(fields=("group", "starts_at"), name="meeting_of_group"),
        )

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} {self.id}"

    @property
    def recurs(self) -> bool:
        """Whether its series goes on at this date, so that it and those after can be changed."""
        series = self.series
        if series is None or series.is_over:
            return False
        return series.ended_at is None or self.original_start < series.ended_at

    @property
    def is_cancelled(self) -> bool:
        return self.status == MeetingStatus.CANCELLED

    @property
    def is_moved(self) -> bool:
        return self.starts_at != self.before

    @property
    def before(self) -> datetime:
        """When the date was to start before anything was changed."""
        return self.planned_start or self.original_start

    @property
    def local_start(self) -> datetime:
        """The start as a clock shows it where the date is held."""
        return self.starts_at.astimezone(ZoneInfo(self.time_zone))

    @property
    def has_begun(self) -> bool:
        """Whether the start has passed."""
        return self.starts_at <= timezone.now()
