from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class SiteProfile(models.Model):
    """What whoever runs the site calls it. One row, whose number is 1."""

    ONLY: ClassVar[int] = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY, editable=False)
    name = models.CharField(_("name of the site"), max_length=60, default="Waymeet")
    tagline = models.CharField(_("what it is, in one line"), max_length=160, blank=True)
    contact_email = models.EmailField(_("contact by e-mail"), blank=True)
    contact_phone = models.CharField(_("contact by phone"), max_length=40, blank=True)
    country = models.CharField(_("country"), max_length=2, default="GB")
    exit_url = models.URLField(
        _("where “Exit this page” leads"),
        default="https://www.bbc.co.uk/weather",
        help_text=_("A neutral page that anybody might be reading: the weather, the news."),
    )

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("site")
        constraints = (
            models.CheckConstraint(condition=models.Q(id=1), name="site_profile_is_one_row"),
        )

    def __str__(self) -> str:
        return self.name


class CrisisLineQuerySet(models.QuerySet["CrisisLine"]):
    def of_country(self, country: str) -> CrisisLineQuerySet:
        return self.filter(country=country)


class CrisisLine(models.Model):
    """A number to call in a crisis. `country` is empty for lines that hold everywhere."""

    country = models.CharField(_("country"), max_length=2, blank=True, db_index=True)
    name = models.CharField(_("name"), max_length=100)
    instructions = models.CharField(_("when and how to use it"), max_length=300)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    text_number = models.CharField(_("text"), max_length=60, blank=True)
    url = models.URLField(_("web page"), blank=True)
    is_emergency = models.BooleanField(_("for danger to life"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    source = models.CharField(_("where this is known from"), max_length=200, blank=True)
    reviewed_on = models.DateField(_("reviewed on"))

    objects = CrisisLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("crisis line")
        verbose_name_plural = _("crisis lines")
        ordering = ("country", "position", "id")

    def __str__(self) -> str:
        return self.name
