"""Handing on: addresses in full and as a code that a phone reads from paper, dates in short."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from directory.models import Meeting
from directory.queries.calendar import local_day
from directory.text.qr_code import qr_svg
from directory.text.spoken_times import spoken_short_date, spoken_span

register = template.Library()
# A code that holds more is too fine to read from paper.
LONGEST = 600


@register.filter
def short_day(meeting: Meeting) -> str:
    """Return "24 November", the day on which a meeting begins where it is held."""
    return spoken_short_date(local_day(meeting))


@register.filter
def full_span(meeting: Meeting) -> str:
    """Return "Tuesday 24 November 2026, 7 pm to 8:30 pm, London time"."""
    return spoken_span(meeting.starts_at, meeting.ends_at, meeting.time_zone)


@register.simple_tag
def full_address(*, path: str) -> str:
    """Return the address of a page of this site, with its host."""
    return settings.SITE_URL + path


@register.simple_tag
def webcal_address(*, path: str) -> str:
    """Return the address that a calendar subscribes to."""
    return "webcal:" + settings.SITE_URL.partition(":")[2] + path


@register.simple_tag
def qr_code(*, path: str) -> SafeString:
    """Draw the address of a page as a QR code, with the address below it.

    Nothing where it is too long for one.
    """
    address = settings.SITE_URL + path
    if len(address) > LONGEST:
        return mark_safe("")
    return format_html(
        '<figure class="qr"><div role="img" aria-label="{}">{}</div>'
        '<figcaption dir="ltr">{}</figcaption></figure>',
        _("QR code of this address"),
        mark_safe(qr_svg(address)),  # noqa: S308 (drawn here: nothing but numbers)
        address,
    )
