"""Markdown that others wrote, as HTML that may stand in a page."""

from functools import cache, lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_TAGS = {
    "p", "br", "hr", "em", "strong", "del", "code", "pre", "blockquote",
    "ul", "ol", "li", "a", "h3", "h4", "h5", "h6",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
# Some megabytes at the most.
LONG = 4_000
TEXTS_KEPT = 512
_SCHEMES = {"http", "https", "mailto", "tel"}


def markdown(text: str, *, first_heading: int = 3) -> SafeString:
    """Render Markdown as safe HTML.

    Headings begin at `first_heading` (3 to 6), below those of the page. HTML
    in the text is shown as typed; pictures and scripts are left out. What was
    rendered lately is kept, as far as it is short.
    """
    return (_rendered if len(text) > LONG else _kept)(text, first_heading)


def _rendered(text: str, first_heading: int) -> SafeString:
    parser = _parser()
    tokens = parser.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + first_heading - 1)}"
    rendered = parser.renderer.render(tokens, parser.options, {})
    clean = nh3.clean(
        rendered,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="nofollow noopener noreferrer",
    )
    return mark_safe(clean)  # noqa: S308 (nh3 has just made it so)


_kept = lru_cache(maxsize=TEXTS_KEPT)(_rendered)


@cache
def _parser() -> MarkdownIt:
    return (
        MarkdownIt("commonmark", {"html": False, "breaks": True})
        .enable("strikethrough")
        .disable("image")
    )
