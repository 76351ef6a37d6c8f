"""What is the same on page after page is made once, and kept by the process that made it.

The head and the foot of a page take longer to put together than the database takes to answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.db.models import Model
from django.http import HttpRequest
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()
# So many characters of one part of a page, in all its kinds; then it begins again.
KEPT_AT_MOST = 6_000_000


class KeptNode(Node):
    """Draws what is inside once for each language and each combination of the values named."""

    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: NodeList, depends_on: list[FilterExpression]) -> None:
        self.nodelist = nodelist
        self.depends_on = depends_on
        self.kept: dict[Any, SafeString] = {}
        self.length = 0

    def render(self, context: template.Context) -> SafeString:
        """Return what was drawn before, or draw it."""
        values = (one.resolve(context, ignore_failures=True) for one in self.depends_on)
        key = (get_language(), *values)
        drawn = self.kept.get(key)
        if drawn is None:
            drawn = self.nodelist.render(context)
            if self.length + len(drawn) > KEPT_AT_MOST:
                self.kept.clear()
                self.length = 0
            self.kept[key] = drawn
            self.length += len(drawn)
        return drawn


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """Keep what is inside: {% kept site.name request|page_name %} … {% endkept %}.

    Name everything that it depends on besides the language, or it is shown where it is wrong. It
    must hold nothing of the person who reads: no name, no form.
    """
    depends_on = [parser.compile_filter(bit) for bit in token.split_contents()[1:]]
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodelist, depends_on)


@register.filter
def page_name(request: HttpRequest | None) -> str:
    """Return the name of the page's address: pages of the navigation say that one is there."""
    match = getattr(request, "resolver_match", None)
    return match.url_name or "" if match else ""


@register.filter
def every_value(rows: Iterable[Model]) -> tuple[tuple[Any, ...], ...]:
    """Return all that these rows hold, so that a change of anything is another key."""
    return tuple(
        tuple(value for name, value in vars(row).items() if name != "_state") for row in rows
    )
