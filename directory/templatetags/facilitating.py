"""Words that the pages of facilitators need beside the components."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils import timezone

from directory.text.spoken_times import spoken_short_date, spoken_zone

register = template.Library()
register.filter("spoken_zone", spoken_zone)


@register.filter
def spoken_day(moment: datetime) -> str:
    """Return "24 November"."""
    return spoken_short_date(timezone.localdate(moment))
