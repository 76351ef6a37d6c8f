"""A variable that one of our templates names and nobody gave it fails the test.

Django would show nothing, and nobody would notice. Templates of other packages
rely on that, so only ours are held to it.
"""

from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Variable, VariableDoesNotExist
from django.template.base import FilterExpression

_resolve = FilterExpression.resolve


def _resolve_strictly(
    self: FilterExpression, context: object, ignore_failures: bool = False
) -> object:
    """As FilterExpression.resolve, but a missing variable is an error in our templates.

    `{% if name %}` and `{{ name|default:"…" }}` ask on purpose.
    """
    asks = ignore_failures or any(
        function.__name__.startswith("default") for function, _arguments in self.filters
    )
    if not asks and isinstance(self.var, Variable) and _is_ours(context):
        try:
            self.var.resolve(context)
        except VariableDoesNotExist as error:
            raise AssertionError(
                f"{_name(context)}: {{{{ {self.token} }}}} is undefined"
            ) from error
    return _resolve(self, context, ignore_failures)


def _template(context: object) -> object:
    render_context = getattr(context, "render_context", None)
    return getattr(render_context, "template", None) or getattr(context, "template", None)


def _name(context: object) -> str:
    return str(getattr(getattr(_template(context), "origin", None), "name", ""))


def _is_ours(context: object) -> bool:
    return _templates_folder() in _name(context)


@cache
def _templates_folder() -> str:
    """Return where ours are; asked for every variable of every page."""
    return str(Path(settings.BASE_DIR, "templates"))


@pytest.fixture(autouse=True, scope="session")
def _strict_templates() -> object:
    """Hold every template that the tests render to it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FilterExpression, "resolve", _resolve_strictly)
        yield
