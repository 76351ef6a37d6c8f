"""The boxes of the form: what there is to tick, what is ticked, and how many groups each gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from directory.forms.find.form import FindForm
from directory.forms.find.labels import spoken_filter
from directory.forms.find.parameters import HOURS, KNOWN, SEVERAL, SWITCHES, VALUES, YES
from directory.geo import RADII
from directory.queries.offered import TopicName
from directory.queries.search import Tallies, Tally
from directory.text.spoken_choices import spoken_choices
from directory.text.spoken_distances import spoken_length
from directory.text.spoken_names import spoken_language


class Choice(NamedTuple):
    """A box to tick; `count` is how many groups it gives, where that is known."""

    name: str
    value: str
    label: str
    is_chosen: bool
    count: Tally | None = None  # type: ignore[assignment] # no tuple is counted through


@dataclass(frozen=True)
class TopicChoices:
    """A topic and the narrower ones below it, as boxes to tick."""

    whole: Choice
    parts: list[Choice]

    @property
    def all(self) -> list[Choice]:
        """The box for the whole topic, as a list of boxes."""
        return [self.whole]

    @property
    def is_open(self) -> bool:
        """Whether something in it is ticked, so that it should be seen."""
        return self.whole.is_chosen or any(part.is_chosen for part in self.parts)


class Boxes:
    """All boxes of the form, by kind: `boxes.days`. `tallies` are those of `queries.search`."""

    def __init__(self, find: FindForm, tallies: Tallies) -> None:
        self.find = find
        self.tallies = tallies
        # What is true of a value that is not among those counted.
        self._unlisted = {
            kind: None if any(tally.is_more for tally in known.values()) else Tally(0)
            for kind, known in tallies.items()
        }

    def __getattr__(self, kind: str) -> list[Choice]:
        if kind not in KNOWN:
            raise AttributeError(kind)
        chosen = getattr(self.find.search, kind)
        labels = spoken_choices(KNOWN[kind])
        others = (
            {value: spoken_filter(self.find, kind, value) for value in chosen} if chosen else {}
        )
        return [
            Choice(SEVERAL[kind], value, label, value in chosen, self._count(kind, value))
            for value, label in (labels | others).items()
        ]

    @property
    def languages(self) -> list[Choice]:
        """Languages in use or ticked, by their names."""
        codes = dict.fromkeys([*self.find.offered.languages, *self.find.search.languages])
        choices = [
            Choice(
                "language",
                code,
                spoken_language(code),
                code in self.find.search.languages,
                self._count("languages", code),
            )
            for code in codes
        ]
        return sorted(choices, key=lambda choice: choice.label)

    @property
    def switches(self) -> list[Choice]:
        """What is either asked for or not."""
        return [
            Choice(
                name,
                YES[0],
                spoken_filter(self.find, kind),
                getattr(self.find.search, kind),
                self._count(kind, YES[0]),
            )
            for kind, name in SWITCHES.items()
        ]

    @property
    def topics(self) -> list[TopicChoices]:
        """Topics that are in use or ticked, each with those below it."""
        shown = [topic for topic in self.find.offered.topics if self._is_shown(topic)]
        below: dict[int, list[Choice]] = {}
        for topic in shown:
            if topic.parent_id:
                below.setdefault(topic.parent_id, []).append(self._topic(topic))
        return [
            TopicChoices(self._topic(topic), below.get(topic.pk, []))
            for topic in self.find.offered.topics
            if not topic.parent_id and (topic.pk in below or self._is_shown(topic))
        ]

    def _is_shown(self, topic: TopicName) -> bool:
        return topic.slug in self.find.offered.topics_in_use or self._has(topic)

    def _has(self, topic: TopicName) -> bool:
        return topic.slug in self.find.search.topics

    def _topic(self, topic: TopicName) -> Choice:
        count = self._count("topics", topic.slug)
        return Choice("topic", topic.slug, topic.name, self._has(topic), count)

    def _count(self, kind: str, value: str) -> Tally | None:
        """Return how many groups a value gives; None where only some of them were looked at.

        An age in years is no facet: nobody has counted it.
        """
        known = self.tallies.get(kind)
        if known is None or (kind == "ages" and value not in VALUES[kind]):
            return None
        return known[value] if value in known else self._unlisted[kind]

    @property
    def radii(self) -> list[Choice]:
        """How far one may look, in the unit of the place."""
        around = self.find.around
        lengths = sorted({*RADII, around.distance})
        return [
            Choice("radius", f"{it:g}", spoken_length(it, around.unit), it == around.distance)
            for it in lengths
        ]

    @property
    def told(self) -> tuple[Any, ...]:
        """All that the boxes show, and whether they are folded away; nothing that was typed."""
        search, offered = self.find.search, self.find.offered
        counts = frozenset(
            [
                (kind, value, count.number, count.is_more)
                for kind, known in self.tallies.items()
                for value, count in known.items()
            ]
        )
        chosen = tuple([getattr(search, kind) for kind in (*SEVERAL, *HOURS, *SWITCHES)])
        named = (tuple(offered.topics), offered.topics_in_use, offered.languages)
        return (chosen, tuple(self.tallies), counts, *named)

    def _has_any(self, *kinds: str) -> bool:
        return any(kind in self.find.kinds for kind in kinds)

    # What is asked for should be seen.

    @property
    def is_time_open(self) -> bool:
        return self._has_any("times", "starts_from", "starts_to")

    @property
    def is_access_open(self) -> bool:
        return self._has_any("access")

    @property
    def is_language_open(self) -> bool:
        return self._has_any("languages")

    @property
    def is_who_open(self) -> bool:
        return self._has_any("audiences")

    @property
    def is_age_open(self) -> bool:
        return self._has_any("ages")

    @property
    def is_joining_open(self) -> bool:
        return self._has_any("joining", "costs", "has_room", "first_time")
