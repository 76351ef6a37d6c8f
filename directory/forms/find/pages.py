"""The pages of a result, each with its address."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator

from directory.forms.find.form import FindForm
from directory.forms.find.links import RESULTS


@dataclass(frozen=True)
class ResultPages:
    """For components/pagination.html: the page one is on, and where the others are.

    A turn without an address is a gap.
    """

    number: int
    turns: list[dict[str, str | int]]
    before: str
    after: str


def pages_of(find: FindForm, number: int, count: int) -> ResultPages:
    """Return the pages of a result that has `count`, on page `number`; no turns for one page."""
    if count < 2:
        return ResultPages(number, [], "", "")
    elided = Paginator(range(count), 1).get_elided_page_range(number, on_each_side=1, on_ends=1)
    turns: list[dict[str, str | int]] = [
        {"number": turn, "url": _address(find, turn) if isinstance(turn, int) else ""}
        for turn in elided
    ]
    return ResultPages(
        number,
        turns,
        _address(find, number - 1) if number > 1 else "",
        _address(find, number + 1) if number < count else "",
    )


def _address(find: FindForm, number: int) -> str:
    return find.address(page=number if number > 1 else "") + RESULTS
