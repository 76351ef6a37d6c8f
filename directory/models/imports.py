from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models.groups import Group
from directory.models.organisations import Organisation


class ImportedListing(models.Model):
    """What a feed last said of one group, so that a refresh changes only what changed there.

    `values` holds what was written here, field by field; a value that differs from it by now was
    edited by a person and stays. Protected parts (links, codes, contacts) are held as hashes only.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="imported_listings"
    )
    feed_format = models.CharField(_("format"), max_length=20)
    key = models.CharField(_("key in the feed"), max_length=100)
    group = models.OneToOneField(
        Group, null=True, on_delete=models.SET_NULL, related_name="imported_listing"
    )
    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    values = models.JSONField(_("values"), default=dict)
    remarks = models.JSONField(_("remarks"), default=list, blank=True)
    first_seen_at = models.DateTimeField(_("first seen at"), default=timezone.now)
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now)
    gone_at = models.DateTimeField(_("gone from the feed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("imported listing")
        verbose_name_plural = _("imported listings")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "feed_format", "key"), name="imported_listing_once"
            ),
        )

    def __str__(self) -> str:
        return self.key
