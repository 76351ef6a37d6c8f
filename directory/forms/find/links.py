"""Where a result page leads: the same search with a little less, in another order, another look."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from directory.choices import Format, ResultView, SortOrder
from directory.forms.find.form import FindForm
from directory.forms.find.labels import filters_in_use, spoken_filter
from directory.text.spoken_choices import spoken_choice

# On a phone the form fills the screen: who has read the results wants to see them again.
RESULTS = "#results"


class Link(NamedTuple):
    """An address and its words; `is_current` is where one is already."""

    label: str
    url: str
    is_current: bool = False


class Links:
    """The addresses that the page of a search links to."""

    def __init__(self, find: FindForm) -> None:
        self.find = find

    @cached_property
    def chips(self) -> list[Link]:
        """Each filter in use, with the search without it."""
        find = self.find
        links = [
            Link(
                spoken_filter(find, kind, value),
                find.address(find.search.without(kind, value)) + RESULTS,
            )
            for kind, value in filters_in_use(find)
        ]
        if find.around.is_unknown:
            typed = _("Place: “%(place)s”") % {"place": find.around.typed}
            links.append(Link(typed, find.address(place="") + RESULTS))
        return links

    @cached_property
    def sorts(self) -> list[Link]:
        """The orders that make sense."""
        return [
            Link(
                spoken_choice(SortOrder, sort),
                self.find.address(sort=sort if sort != SortOrder.SOONEST else "") + RESULTS,
                sort == self.find.sort,
            )
            for sort in self.find.sorts
        ]

    @cached_property
    def views(self) -> list[Link]:
        """The ways to look at the results."""
        return [
            Link(
                spoken_choice(ResultView, view),
                self.find.address(view=view if view != ResultView.LIST else "") + RESULTS,
                view == self.find.view,
            )
            for view in ResultView.values
        ]

    @cached_property
    def other_places(self) -> list[Link]:
        """Other places of the name that was typed, each with its region."""
        answer = self.find.around.answer
        others = answer.others if answer else ()
        return [
            Link(spot.label, self.find.address(place=spot.key, near="") + RESULTS)
            for spot in others
        ]

    @property
    def online(self) -> str:
        """The same wherever one is, for somebody who has nothing close by."""
        anywhere = self.find.search.without("near")
        from_home = replace(anywhere, formats=(Format.ONLINE.value, Format.HYBRID.value))
        return self.find.address(from_home) + RESULTS

    @cached_property
    def calendar(self) -> str:
        """The calendar of whatever this search finds, from now on."""
        return self._elsewhere("find_calendar", sort="", zone="")

    @cached_property
    def paper(self) -> str:
        """The groups of this search as a list to print."""
        return self._elsewhere("print_groups")

    def _elsewhere(self, name: str, **changes: Any) -> str:
        query = self.find.query(view="", why="", **changes)
        path = reverse(name)
        return f"{path}?{query}" if query else path
