"""What only the pages of moderators are made of."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BoundField

register = template.Library()


@register.filter
def branches(field: BoundField) -> list[dict[str, Any]]:
    """Take the choices of the topics' field apart, and count what is chosen in each branch."""
    found = []
    for name, options, _index in field.field.widget.optgroups(field.html_name, _chosen(field)):
        chosen = sum(option["selected"] for option in options)
        for option in options:
            option["attrs"]["id"] = f"{field.auto_id}_{option['value']}"
        found.append({"name": name, "options": options, "chosen": chosen})
    return found


def _chosen(field: BoundField) -> list[str]:
    values = field.value() or []
    return [str(value) for value in values]
