from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.choices import GroupStatus, MeetingStatus, SeatState
from directory.models.agreements import Acceptance, Consent
from directory.models.fields import only_known
from directory.models.groups import Group
from directory.models.memberships import Membership
from directory.slots import SLOT_HOURS

if TYPE_CHECKING:
    from accounts.models import Person

# What is still going on began at most so long ago: of all that is past, no more is read.
LONGEST = timedelta(days=1)


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
    def is_cancelled(self) -> bool:
        return self.status == MeetingStatus.CANCELLED

    @property
    def is_moved(self) -> bool:
        return self.starts_at != self.before

    @property
    def before(self) -> datetime:
        """When the date was to start before anything was changed."""
        return self.planned_start or self.original_start


class SeatQuerySet(models.QuerySet["Seat"]):
    def confirmed(self) -> SeatQuerySet:
        return self.filter(state=SeatState.CONFIRMED)

    def waiting(self) -> SeatQuerySet:
        return self.filter(state=SeatState.WAITING).order_by("queued_at", "id")

    def taking_room(self, now: datetime | None = None) -> SeatQuerySet:
        """Seats that count against the capacity: confirmed, and held by an offer that stands."""
        offered = models.Q(state=SeatState.OFFERED, offer_expires_at__gt=now or timezone.now())
        return self.filter(models.Q(state=SeatState.CONFIRMED) | offered)

    def held(self, now: datetime | None = None) -> SeatQuerySet:
        """Seats that are taken, waited for, or held by an offer that stands."""
        run_out = models.Q(state=SeatState.OFFERED, offer_expires_at__lte=now or timezone.now())
        return self.filter(state__in=Seat.HELD).exclude(run_out)

    def run_out(self, now: datetime | None = None) -> SeatQuerySet:
        """Offers whose time is over and that nobody has closed yet."""
        return self.filter(state=SeatState.OFFERED, offer_expires_at__lte=now or timezone.now())

    def of(self, person: Person) -> SeatQuerySet:
        return self.filter(person=person)


class Seat(models.Model):
    """A person's place at one meeting (RSVP): one row a pair, whatever its state.

    It rests on a membership, or, for who takes a single date, on an acceptance and a consent.
    """

    HELD: ClassVar[tuple[str, ...]] = (
        SeatState.CONFIRMED,
        SeatState.WAITING,
        SeatState.OFFERED,
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="seats"
    )
    membership = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.CASCADE, related_name="seats"
    )
    acceptance = models.ForeignKey(
        Acceptance, null=True, blank=True, on_delete=models.PROTECT, related_name="seats"
    )
    consent = models.ForeignKey(
        Consent, null=True, blank=True, on_delete=models.PROTECT, related_name="seats"
    )
    state = models.CharField(_("state"), max_length=10, choices=SeatState.pairs)
    # Only counted apart at hybrid dates.
    is_online = models.BooleanField(_("takes part from home"), default=False, db_default=False)
    brings_companion = models.BooleanField(
        _("comes with a companion or carer"), default=False, db_default=False
    )
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    # The order of the waiting list: when they asked, unless a facilitator let somebody go first.
    queued_at = models.DateTimeField(_("waits since"), default=timezone.now, db_default=Now())
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now)
    offer_expires_at = models.DateTimeField(_("offer expires at"), null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints = (
            only_known("seat", "state", SeatState),
            models.UniqueConstraint(fields=("meeting", "person"), name="seat_once"),
            models.CheckConstraint(
                condition=models.Q(state=SeatState.GIVEN_BACK)
                | models.Q(membership__isnull=False)
                | models.Q(acceptance__isnull=False, consent__isnull=False),
                name="seat_rests_on_membership_or_consent",
            ),
            models.CheckConstraint(
                condition=models.Q(state=SeatState.OFFERED, offer_expires_at__isnull=False)
                | (~models.Q(state=SeatState.OFFERED) & models.Q(offer_expires_at=None)),
                name="seat_offer_expires",
            ),
        )
        indexes = (
            models.Index(fields=("meeting", "state", "queued_at"), name="seat_queue"),
            models.Index(
                fields=("offer_expires_at",),
                condition=models.Q(state=SeatState.OFFERED),
                name="seat_offers",
            ),
        )

    def __str__(self) -> str:
        return f"{self.state} {self.id}"

    @property
    def is_confirmed(self) -> bool:
        return self.state == SeatState.CONFIRMED

    @property
    def is_waiting(self) -> bool:
        return self.state == SeatState.WAITING

    @property
    def places(self) -> int:
        """How many places it takes: a companion or carer needs one as well."""
        return 2 if self.brings_companion else 1

    @property
    def is_offered(self) -> bool:
        """Whether a place is held for this person at the moment."""
        return (
            self.state == SeatState.OFFERED
            and self.offer_expires_at is not None
            and self.offer_expires_at > timezone.now()
        )
