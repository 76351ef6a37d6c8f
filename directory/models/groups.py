from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.choices import (
    AccessFeature,
    Audience,
    CameraRule,
    Cost,
    Format,
    GroupStatus,
    Joining,
    Openness,
)
from directory.models.facilitators import Facilitator
from directory.models.fields import only_known, only_known_in_list, several_of
from directory.models.organisations import Moderator, Organisation
from directory.models.places import Place
from directory.models.topics import Topic

if TYPE_CHECKING:
    from accounts.models import Person


class GroupQuerySet(models.QuerySet["Group"]):
    def published(self) -> GroupQuerySet:
        return self.filter(status=GroupStatus.PUBLISHED)

    def facilitated_by(self, person: Person) -> GroupQuerySet:
        return self.filter(
            id__in=Facilitator.objects.current().filter(person=person).values("group")
        )

    def moderated_by(self, person: Person) -> GroupQuerySet:
        return self.filter(
            organisation__in=Moderator.objects.current()
            .filter(person=person)
            .values("organisation")
        )

    def for_listing(self) -> GroupQuerySet:
        """With all that a row of a list shows, in two queries."""
        return self.select_related("organisation", "place").prefetch_related("topics")


class PublishedGroups(models.Manager.from_queryset(GroupQuerySet)):  # type: ignore[misc]
    """The safe manager: whoever asks for groups gets those that visitors may see."""

    def get_queryset(self) -> GroupQuerySet:
        return GroupQuerySet(self.model, using=self._db).published()


class Group(models.Model):
    """A peer support group."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="groups")
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    status = models.CharField(
        _("status"), max_length=10, choices=GroupStatus.pairs, default=GroupStatus.DRAFT
    )

    name = models.CharField(_("name"), max_length=120)
    summary = models.CharField(_("in one or two sentences"), max_length=240, blank=True)
    description = models.TextField(_("about the group"), blank=True)
    who_for = models.CharField(_("who it is for"), max_length=240, blank=True)
    what_to_expect = models.TextField(_("what to expect"), blank=True)
    what_it_is_not = models.CharField(_("what it is not"), max_length=240, blank=True)
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), related_name="groups")
    audiences = several_of(Audience, _("who it is for"))
    access_features = several_of(AccessFeature, _("access"))
    languages = models.JSONField(_("languages"), default=list, blank=True)
    min_age = models.PositiveSmallIntegerField(_("from age"), null=True, blank=True)
    max_age = models.PositiveSmallIntegerField(_("to age"), null=True, blank=True)
    adults_only = models.BooleanField(
        _("ask people to confirm that they are 18 or over"), default=True
    )

    format = models.CharField(_("format"), max_length=10, choices=Format.pairs)
    place = models.ForeignKey(
        Place,
        verbose_name=_("place"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="groups",
    )
    country = models.CharField(_("country"), max_length=2)
    time_zone = models.CharField(_("time zone"), max_length=64)
    camera = models.CharField(
        _("cameras"), max_length=12, choices=CameraRule.pairs, default=CameraRule.AS_YOU_LIKE
    )

    joining = models.CharField(_("how one joins"), max_length=10, choices=Joining.pairs)
    answer_within_days = models.PositiveSmallIntegerField(
        _("answers requests within (days)"), null=True, blank=True
    )
    openness = models.CharField(
        _("open or closed"), max_length=10, choices=Openness.pairs, default=Openness.OPEN
    )
    capacity = models.PositiveIntegerField(_("members at most"), null=True, blank=True)
    meeting_capacity = models.PositiveIntegerField(_("places at a meeting"), null=True, blank=True)
    online_capacity = models.PositiveIntegerField(
        _("places online"),
        null=True,
        blank=True,
        help_text=_("Only for groups that meet in person and online: those who join from home."),
    )
    first_timer_places = models.PositiveSmallIntegerField(
        _("places kept for first-timers"),
        default=0,
        db_default=0,
        help_text=_("So many places at each date stay open to people who come for the first time."),
    )
    allows_single_dates = models.BooleanField(
        _("people may come to a single date without joining"), default=True, db_default=True
    )
    allows_companions = models.BooleanField(
        _("a companion or carer may come along"), default=False, db_default=False
    )
    releases_absent = models.BooleanField(
        _("give the places of members who are away to others"), default=False, db_default=False
    )
    cost = models.CharField(_("cost"), max_length=10, choices=Cost.pairs, default=Cost.FREE)
    cost_note = models.CharField(_("more about the cost"), max_length=120, blank=True)

    which_door = models.CharField(_("which door, which floor"), max_length=240, blank=True)
    who_greets = models.CharField(_("who greets a newcomer"), max_length=240, blank=True)
    if_late = models.CharField(_("may I be late?"), max_length=240, blank=True)
    only_listen = models.CharField(_("may I only listen?"), max_length=240, blank=True)
    bring_somebody = models.CharField(_("may I bring somebody?"), max_length=240, blank=True)
    usual_size_from = models.PositiveSmallIntegerField(_("usually at least"), null=True, blank=True)
    usual_size_to = models.PositiveSmallIntegerField(_("usually at most"), null=True, blank=True)

    private_notes = models.TextField(
        _("notes for the organisation"),
        blank=True,
        help_text=_("Never shown to visitors or members."),
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    confirmed_on = models.DateField(_("last confirmed on"), null=True, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True, db_default=Now())

    objects = PublishedGroups()
    everything = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ("name", "id")
        base_manager_name = "everything"
        indexes = (models.Index(fields=("status", "name", "id"), name="group_by_name"),)
        constraints = (
            only_known("group", "status", GroupStatus),
            only_known("group", "format", Format),
            only_known("group", "joining", Joining),
            only_known("group", "openness", Openness),
            only_known("group", "cost", Cost),
            only_known("group", "camera", CameraRule),
            only_known_in_list("group", "audiences", Audience),
            only_known_in_list("group", "access_features", AccessFeature),
            models.CheckConstraint(
                condition=~models.Q(joining=Joining.JUST_COME) | models.Q(format=Format.IN_PERSON),
                name="group_just_come_is_in_person",
            ),
            models.CheckConstraint(
                condition=~models.Q(joining=Joining.ASK)
                | models.Q(answer_within_days__gte=1, answer_within_days__isnull=False),
                name="group_that_is_asked_says_when_it_answers",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=GroupStatus.PUBLISHED)
                | models.Q(format=Format.ONLINE)
                | models.Q(place__isnull=False),
                name="group_published_has_a_place",
            ),
            models.CheckConstraint(
                condition=models.Q(capacity=None) | models.Q(capacity__gte=1),
                name="group_capacity_is_positive",
            ),
            models.CheckConstraint(
                condition=models.Q(meeting_capacity=None) | models.Q(meeting_capacity__gte=1),
                name="group_meeting_capacity_is_positive",
            ),
            models.CheckConstraint(
                condition=models.Q(online_capacity=None) | models.Q(online_capacity__gte=1),
                name="group_online_capacity_is_positive",
            ),
            models.CheckConstraint(
                condition=models.Q(meeting_capacity=None)
                | models.Q(first_timer_places__lte=models.F("meeting_capacity")),
                name="group_keeps_no_more_places_than_it_has",
            ),
            models.CheckConstraint(
                condition=models.Q(min_age=None)
                | models.Q(max_age=None)
                | models.Q(min_age__lte=models.F("max_age")),
                name="group_ages_in_order",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_published(self) -> bool:
        return self.status == GroupStatus.PUBLISHED

    @property
    def is_online(self) -> bool:
        """Whether one can take part from home."""
        return self.format != Format.IN_PERSON

    @property
    def has_room_to_go_to(self) -> bool:
        return self.format != Format.ONLINE

    @property
    def takes_single_dates(self) -> bool:
        """Whether somebody may come to one date without joining."""
        return self.joining == Joining.SIGN_UP and self.allows_single_dates

    @property
    def takes_companions(self) -> bool:
        """Whether somebody may come along, who needs a place in the room."""
        return self.allows_companions and self.has_room_to_go_to
