"""Words that the pages of facilitators need beside the components."""

from __future__ import annotations

from django import template

from directory.text.spoken_times import spoken_zone

register = template.Library()
register.filter("spoken_zone", spoken_zone)
