"""What was asked for in an address, and the addresses of neighbouring searches.

No Django form, since nothing in it can be wrong: a value that is not known is left
out and named.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.http import urlencode

from directory.choices import ResultView, SortOrder
from directory.forms.find.parameters import HOURS, SEVERAL, SWITCHES, VALUES, YES
from directory.forms.find.places import Around, read_around
from directory.forms.find.reading import Reader
from directory.queries.offered import Offered, offered_to_choose, zone_of
from directory.queries.search import Search
from directory.queries.site import site_profile
from directory.text.spoken_names import language_codes

OLDEST = 120


class FindForm:
    """Reads an address.

    `sentence` is what was typed where filters were read out of that (`sentences.py`).

    `path` is where the form sends to; `zone` the visitor's own, where it is known. What there is
    to choose from and the site's `country` are looked up where they are not given. Read again,
    `country` is that of the place somebody looks in.
    """

    def __init__(
        self,
        query: QueryDict,
        *,
        path: str,
        zone: str = "",
        offered: Offered | None = None,
        country: str = "",
    ) -> None:
        country = country or site_profile().country
        self.sentence = ""
        self.path = path
        self.offered = offered or offered_to_choose()
        read = Reader(query)
        self.unknown = read.unknown
        self.around: Around = read_around(read, country=country)
        self.country = self.around.spot.country if self.around.spot else country
        self.asked_zone = read.zone("zone")
        search = self._read_search(read)
        self.is_cut = read.is_cut
        # Whose "today" is meant; a number stands beside it even where it is not asked for.
        self.search = replace(search, zone=self.asked_zone or zone or zone_of(country))
        self.sort = self._read_sort(read)
        self.view = read.one_of("view", ResultView.values, ResultView.LIST)
        self.page = read.page("page")
        self.says_why = read.is_on("why")

    def _read_search(self, read: Reader) -> Search:
        asked: dict[str, Any] = {
            kind: read.several(name, self._known(kind, read))
            for kind, name in SEVERAL.items()
            if name in read.query
        }
        asked |= {kind: read.hour(name) for kind, name in HOURS.items()}
        asked |= {kind: read.is_on(name) for kind, name in SWITCHES.items()}
        return Search(words=read.words("q"), near=self.around.near, **asked)

    def _known(self, kind: str, read: Reader) -> dict[str, str]:
        """Return what a kind of filter may be, by its lower case."""
        if kind == "topics":
            return {topic.slug: topic.slug for topic in self.offered.topics}
        if kind == "languages":
            return language_codes() | {code.lower(): code for code in self.offered.languages}
        known = {value: value for value in VALUES[kind]}
        return known | _years(read) if kind == "ages" else known

    def _read_sort(self, read: Reader) -> str:
        sort = read.one_of("sort", SortOrder.values, SortOrder.SOONEST)
        return sort if sort in self.sorts else SortOrder.SOONEST

    @property
    def sorts(self) -> list[str]:
        """The orders that make sense: nearest to a place, best match of words."""
        sensible = {SortOrder.NEAREST: self.search.near, SortOrder.MATCH: self.search.words}
        return [sort for sort in SortOrder.values if sensible.get(SortOrder(sort), True)]

    def address(self, search: Search | None = None, **changes: Any) -> str:
        """Return the address of this search, or of another one on the same page.

        `changes` are parameters to say otherwise, by their names; an empty one is left out.
        Whatever changes, it begins with the first page.
        """
        query = self.query(search, **changes)
        return f"{self.path}?{query}" if query else self.path

    def query(self, search: Search | None = None, **changes: Any) -> str:
        """Return what stands in such an address after the question mark."""
        pairs = self._own_pairs if search is None else _as_pairs(self._parameters(search))
        return "&".join(filter(None, (pairs | _as_pairs(changes)).values()))

    @cached_property
    def _own_pairs(self) -> dict[str, str]:
        """The parameters of this search: a page says a dozen addresses that differ in one."""
        return _as_pairs(self._parameters(self.search))

    def _parameters(self, asked: Search) -> dict[str, Any]:
        around = self.around
        is_around = asked.near is not None
        point = around.point if is_around else None
        zone = self.asked_zone if asked.soon else ""
        return {
            "q": asked.words,
            # A place that nobody knows stays in its field, to be mended there.
            "place": around.typed if is_around or around.is_unknown else "",
            "near": f"{point[0]},{point[1]}" if point else "",
            "radius": f"{around.distance:g}" if is_around and not around.is_usual else "",
            **{name: getattr(asked, kind) for kind, name in SEVERAL.items()},
            **{name: spelt(getattr(asked, kind)) for kind, name in HOURS.items()},
            **{name: YES[0] if getattr(asked, kind) else "" for kind, name in SWITCHES.items()},
            "zone": zone,
            "sort": self.sort if self.sort != SortOrder.SOONEST else "",
            "view": self.view if self.view != ResultView.LIST else "",
            "why": YES[1] if self.says_why else "",
        }

    @cached_property
    def kinds(self) -> list[str]:
        """The kinds of filter in use."""
        return self.search.kinds

    @property
    def is_filtered(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.kinds) or self.around.is_unknown


def _as_pairs(parameters: dict[str, Any]) -> dict[str, str]:
    """Return each parameter as an address says it, by its name; what is left out is empty."""
    return {
        name: urlencode({name: value}, doseq=True) if value else ""
        for name, value in parameters.items()
    }


def spelt(hour: Any) -> str:
    """Return a time of day as an address says it: "18:00"."""
    return "" if hour is None else f"{hour:%H:%M}"


def _years(read: Reader) -> dict[str, str]:
    """Ages that are typed as a number of years."""
    typed = (value.strip() for value in read.query.getlist("age"))
    years = [value for value in typed if value.isascii() and value.isdigit() and len(value) < 4]
    return {value: str(int(value)) for value in years if int(value) <= OLDEST}
