"""The one library that every component registers with."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


def drawn(name: str, **values: Any) -> SafeString:
    """Render templates/components/<name>.html with these values and nothing else."""
    return render_to_string(f"components/{name}.html", values)


def one_of(value: str, known: Any, *, what: str) -> str:
    """Return `value`, or fail naming what is known: a misspelt tone is a mistake, not a style."""
    if value not in known:
        raise template.TemplateSyntaxError(
            f"{what} {value!r} is none of {', '.join(sorted(known))}."
        )
    return value
