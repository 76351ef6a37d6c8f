"""What the finder knows of a group: one row, and nothing in it that a visitor may not know."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models.groups import Group


class Point(models.Func):
    """A point of the plane, in degrees: for the index that knows which ones lie close together."""

    function = "point"
    arity = 2
    output_field = models.Field()


class FinderQuerySet(models.QuerySet["FinderEntry"]):
    def with_any(self, facets: Iterable[str]) -> FinderQuerySet:
        """Those that have one of these facets at least: "topic:bereavement", "day:tue"."""
        return self.filter(facets__overlap=list(facets))


class FinderEntry(models.Model):
    """A published group as the finder sees it, written by `directory.actions.finder`.

    `facets` are what one can filter by, as "kind:value". `keys` are by what else it is looked up:
    cells of the map, hours of the week, minutes of the day at which it begins, organisation;
    apart, so that they are not counted with the facets. `latitude` and `longitude` are degrees:
    of the place where visitors may read its address, and otherwise of the town that its area
    names, so that no question put to the finder can tell more than the page.
    """

    group = models.OneToOneField(
        Group, on_delete=models.CASCADE, primary_key=True, related_name="finder_entry"
    )
    name = models.CharField(_("name"), max_length=120)
    facets = ArrayField(models.TextField(), verbose_name=_("filters"))
    keys = ArrayField(models.TextField(), verbose_name=_("keys"), default=list)
    words = SearchVectorField(_("words"))
    latitude = models.FloatField(_("latitude"), null=True)
    longitude = models.FloatField(_("longitude"), null=True)
    is_area = models.BooleanField(_("shows its area only"), default=False)
    min_age = models.PositiveSmallIntegerField(_("from age"), default=0)
    max_age = models.PositiveSmallIntegerField(_("to age"), default=150)
    # Until then the days and hours among the facets are right; afterwards one has gone by.
    timetable_until = models.DateTimeField(_("timetable holds until"))

    objects = FinderQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the finder")
        verbose_name_plural = _("entries of the finder")
        indexes = (
            # A short list of what is new keeps both writing and reading quick.
            GinIndex(
                fields=("facets", "keys", "words"), name="finder_lookup", gin_pending_list_limit=256
            ),
            GistIndex(Point("longitude", "latitude"), name="finder_nearby"),
            models.Index(fields=("timetable_until",), name="finder_timetable"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="finder_point_is_on_earth",
            ),
        )

    def __str__(self) -> str:
        return self.name


class FinderTotals(models.Model):
    """How many groups have each facet, counted now and then where there are many; one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    counted_at = models.DateTimeField(_("counted at"))
    groups = models.PositiveIntegerField(_("groups"))
    # facet: number of groups
    numbers = models.JSONField(_("numbers"), default=dict)

    class Meta:
        verbose_name = _("totals of the finder")
        verbose_name_plural = _("totals of the finder")
        constraints = (
            models.CheckConstraint(condition=models.Q(id=1), name="finder_totals_are_one_row"),
        )

    def __str__(self) -> str:
        return f"{self.counted_at:%Y-%m-%d %H:%M}"
