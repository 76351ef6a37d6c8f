from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.choices import PlaceShown
from directory.models.fields import only_known
from directory.models.organisations import Organisation


class Place(models.Model):
    """A venue. Latitude and longitude are degrees, WGS 84; both or neither."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="places")
    name = models.CharField(_("name of the building"), max_length=120, blank=True)
    address = models.CharField(_("street and number"), max_length=200, blank=True)
    town = models.CharField(_("town"), max_length=100)
    region = models.CharField(_("region"), max_length=100, blank=True)
    postal_code = models.CharField(_("postcode"), max_length=20, blank=True)
    country = models.CharField(_("country"), max_length=2)
    area = models.CharField(
        _("area"),
        max_length=120,
        blank=True,
        help_text=_("What visitors read when the address is for members: “Leeds, north”."),
    )
    shown = models.CharField(
        _("what visitors see"),
        max_length=10,
        choices=PlaceShown.pairs,
        default=PlaceShown.EXACTLY,
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ("town", "name")
        constraints = (
            only_known("place", "shown", PlaceShown),
            models.CheckConstraint(
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="place_point_is_on_earth",
            ),
        )

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.town) if part)

    @property
    def public_area(self) -> str:
        """What anybody may read: never more than the town and its region."""
        return self.area or ", ".join(part for part in (self.town, self.region) if part)

    @property
    def is_exact(self) -> bool:
        return self.shown == PlaceShown.EXACTLY

    @property
    def public_address(self) -> str:
        """What anybody may read, in one line: the address, or the area alone."""
        return self.full_address if self.is_exact else self.public_area

    @property
    def full_address(self) -> str:
        """The address in one line, for those who may know it."""
        parts = (self.name, self.address, self.town, self.region, self.postal_code)
        return ", ".join(part for part in parts if part)


class PlaceAccess(models.Model):
    """How facilitators get in. A table of its own, so that no public query can carry it."""

    place = models.OneToOneField(
        Place, on_delete=models.CASCADE, primary_key=True, related_name="access"
    )
    door_code = models.CharField(_("door code"), max_length=60, blank=True)
    keyholder = models.CharField(_("who has the key"), max_length=120, blank=True)
    room_set_up = models.TextField(_("setting up the room"), blank=True)

    class Meta:
        verbose_name = _("access to a place")
        verbose_name_plural = _("access to places")

    def __str__(self) -> str:
        return str(self.place_id)
