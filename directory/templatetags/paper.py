"""Addresses as one hands them on: in full, and as a code that a phone reads from paper."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from directory.text.qr_code import qr_svg

register = template.Library()
# A code that holds more is too fine to read from paper.
LONGEST = 600


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
