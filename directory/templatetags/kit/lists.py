"""Components that hold something: result rows, facts, summaries, steps, tables, charts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.safestring import SafeString
from django.utils.text import slugify

from directory.templatetags.kit.charts import bars_of
from directory.templatetags.kit.library import drawn, register


@register.simple_block_tag
def card(
    content: SafeString,
    *,
    title: str,
    url: str = "",
    level: int = 3,
    group: str = "",
    meeting: str = "",
    muted: bool = False,
    about: str = "",
) -> SafeString:
    """Show one result: a heading that links, and what is said of it.

    `about` says to screen readers what tells it from another one of the same title.
    `group` and `meeting` become data-group and data-meeting (only on results,
    never on suggestions). Put cards into <ul class="cards"><li>.
    """
    return drawn(
        "card",
        content=content,
        title=title,
        url=url,
        level=level,
        group=group,
        meeting=meeting,
        muted=muted,
        about=about,
    )


@register.simple_block_tag
def fact(content: SafeString, *, icon: str, label: str) -> SafeString:
    """Say one thing beside a picture, in <ul class="facts">; `label` is for screen readers."""
    return drawn("fact", content=content, picture=icon, label=label)


@register.simple_block_tag
def summary_list(content: SafeString) -> SafeString:
    """List names and what they stand for; holds summary_row."""
    return drawn("summary_list", content=content)


@register.simple_block_tag
def summary_row(content: SafeString, *, label: str) -> SafeString:
    """One name and what it stands for, in a summary_list."""
    return drawn("summary_row", content=content, label=label)


@register.simple_block_tag
def empty_state(content: SafeString, *, title: str, level: int = 2) -> SafeString:
    """Say kindly that there is nothing here, and inside what to do instead."""
    return drawn("empty_state", content=content, title=title, level=level)


@register.simple_block_tag
def steps(content: SafeString) -> SafeString:
    """Count off what happens one after the other; holds step."""
    return drawn("steps", content=content)


@register.simple_block_tag
def step(content: SafeString, *, title: str, level: int = 3) -> SafeString:
    """One of the steps."""
    return drawn("step", content=content, title=title, level=level)


@register.simple_block_tag
def disclosure(content: SafeString, *, title: str, open: bool = False) -> SafeString:  # noqa: A002
    """Keep something behind its title until it is asked for."""
    return drawn("disclosure", content=content, title=title, is_open=open)


@register.simple_block_tag
def data_table(content: SafeString, *, caption: str) -> SafeString:
    """Wrap thead and tbody in a table with a caption; it scrolls by itself when too wide."""
    return drawn("data_table", content=content, caption=caption, anchor=f"t-{slugify(caption)}")


@register.inclusion_tag("components/copyable.html")
def copyable(*, text: str, label: str) -> dict[str, str]:
    """Show a code or an address to copy: one click marks all of it."""
    return {"text": text, "label": label}


@register.inclusion_tag("components/progress_line.html")
def progress_line(*, step: int, of: int) -> dict[str, int]:
    """Say and show how far one has come: "Step 2 of 5"."""
    return {"step": step, "of": of}


@register.inclusion_tag("components/filter_chips.html")
def filter_chips(*, chips: Iterable[dict[str, str]], clear_url: str = "") -> dict[str, Any]:
    """List the filters in use; each `{"label", "url"}` links to the page without it."""
    return {"chips": list(chips), "clear_url": clear_url}


@register.inclusion_tag("components/bar_chart.html")
def bar_chart(
    *, title: str, names: str, numbers: str, rows: Sequence[tuple[str, int]]
) -> dict[str, Any]:
    """Draw (name, number) rows as a table with a bar beside each number.

    `names` and `numbers` head the two columns: "Month", "People".
    """
    anchor = f"t-{slugify(title)}"
    heads = {"title": title, "anchor": anchor, "names": names, "numbers": numbers}
    return {**heads, "bars": bars_of(rows)}
