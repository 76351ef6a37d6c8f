"""Around which place somebody looks, and how far."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from directory.forms.find.reading import Reader
from directory.geo import USUAL_RADIUS, in_km, unit_of
from directory.queries.places import PlaceAnswer, Spot, look_up
from directory.queries.search import Near

LONGEST_PLACE = 100


@dataclass(frozen=True)
class Around:
    """What an address says of a place.

    `answer` is what the gazetteer made of `typed`; None where nothing was typed. `point` is a
    position that the browser told. What was typed is believed before it. `radius` is in `unit`,
    and 0 where the usual one is meant.
    """

    typed: str = ""
    answer: PlaceAnswer | None = None
    point: tuple[float, float] | None = None
    radius: float = 0
    unit: str = "km"

    @property
    def spot(self) -> Spot | None:
        """The place that was found."""
        return self.answer.spot if self.answer else None

    @property
    def is_unknown(self) -> bool:
        """Whether a place was typed that nobody knows."""
        return self.answer is not None and self.answer.spot is None

    @property
    def distance(self) -> float:
        """How far to look, in `unit`."""
        return self.radius or USUAL_RADIUS[self.unit]

    @property
    def is_usual(self) -> bool:
        """Whether it is as far as is meant where nothing is said."""
        return self.distance == USUAL_RADIUS[self.unit]

    @property
    def near(self) -> Near | None:
        """Where to look."""
        radius_km = in_km(self.distance, self.unit)
        if self.spot:
            at = (self.spot.latitude, self.spot.longitude)
            return _near(at, radius_km, self.spot.label)
        return _near(self.point, radius_km, _("where you are")) if self.point else None


def _near(at: tuple[float, float], radius_km: float, label: str) -> Near:
    return Near(latitude=at[0], longitude=at[1], radius_km=radius_km, label=label)


def read_around(read: Reader, *, country: str) -> Around:
    """Return where somebody looks. `country` is the site's; a place is told by its own miles."""
    typed = read.one("place")[:LONGEST_PLACE].strip()
    answer = look_up(typed, country=country) if typed else None
    spot = answer.spot if answer else None
    point = None if spot else read.point("near")
    unit = unit_of(spot.country if spot else country)
    return Around(typed, answer, point, read.number("radius"), unit)
