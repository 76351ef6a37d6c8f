"""Towns and postcodes, so that a place is found without asking anybody else's server."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class Town(models.Model):
    """A town of the gazetteer (GeoNames). Latitude and longitude are degrees, WGS 84.

    `folded_names` are its names without accents and case, the usual one first.
    """

    id = models.PositiveIntegerField(_("GeoNames number"), primary_key=True)
    name = models.CharField(_("name"), max_length=120)
    folded_names = ArrayField(models.CharField(max_length=120), verbose_name=_("found as"))
    country = models.CharField(_("country"), max_length=2)
    region = models.CharField(_("region"), max_length=120, blank=True)
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    population = models.PositiveIntegerField(_("population"), default=0)
    time_zone = models.CharField(_("time zone"), max_length=64)

    class Meta:
        verbose_name = _("town")
        verbose_name_plural = _("towns")
        ordering = ("-population", "id")
        indexes = (
            GinIndex(fields=("folded_names",), name="town_by_name"),
            models.Index(fields=("latitude", "longitude"), name="town_by_point"),
        )

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.region) if part)


class Postcode(models.Model):
    """A postcode, or the first part of one, and the point in its middle."""

    country = models.CharField(_("country"), max_length=2)
    # Upper case without spaces, as `directory.text` makes them: "SW1A", "75011".
    code = models.CharField(_("postcode"), max_length=20)
    place_name = models.CharField(_("place"), max_length=180, blank=True)
    region = models.CharField(_("region"), max_length=120, blank=True)
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))

    class Meta:
        verbose_name = _("postcode")
        verbose_name_plural = _("postcodes")
        ordering = ("country", "code")
        constraints = (
            models.UniqueConstraint(fields=("country", "code"), name="postcode_once_a_country"),
        )

    def __str__(self) -> str:
        return self.code
