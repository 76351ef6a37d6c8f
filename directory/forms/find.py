"""The finder's form: it reads an address, and writes the addresses of neighbouring searches.

No Django form, since nothing in it can be wrong: a value that is not known is left
out and named.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from directory.choices import Choices, Format, Weekday
from directory.models import Topic
from directory.queries.search import Search

# The parameters of an address, for each kind of filter.
PARAMETERS = {"words": "q", "topics": "topic", "days": "day", "formats": "format"}
LONGEST_WORDS = 200
MOST_UNKNOWN_NAMED = 5
LONGEST_NAMED = 40


@dataclass(frozen=True)
class Choice:
    """A box to tick."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class TopicChoices:
    """A topic and the narrower ones below it, as boxes to tick."""

    whole: Choice
    parts: list[Choice]

    @property
    def is_open(self) -> bool:
        """Whether something in it is ticked, so that it should be seen."""
        return self.whole.is_chosen or any(part.is_chosen for part in self.parts)


class FindForm:
    """What was asked for in an address, and what the form shows of it.

    `topics` are all topics, with `is_used` (`queries.search.topics_to_choose`).
    """

    def __init__(self, query: QueryDict, *, path: str, topics: list[Topic]) -> None:
        self.path = path
        self.topics = topics
        self.unknown: list[str] = []
        self.search = Search(
            words=" ".join(query.get("q", "").replace("\x00", " ").split())[:LONGEST_WORDS],
            topics=self._known(query.getlist("topic"), [topic.slug for topic in topics]),
            days=self._known(query.getlist("day"), Weekday.values),
            formats=self._known(query.getlist("format"), Format.values),
        )
        self.page = self._page(query.get("page", ""))

    def _known(self, typed: Iterable[str], values: Iterable[str]) -> tuple[str, ...]:
        wanted = dict.fromkeys(value.strip().lower() for value in typed)
        self._name_unknown(value for value in wanted if value and value not in values)
        return tuple(value for value in values if value in wanted)

    def _page(self, typed: str) -> int:
        if typed.isascii() and typed.isdigit() and 0 < len(typed) < 7:
            return int(typed) or 1
        self._name_unknown([typed] if typed else [])
        return 1

    def _name_unknown(self, values: Iterable[str]) -> None:
        for value in values:
            if len(self.unknown) < MOST_UNKNOWN_NAMED:
                self.unknown.append(value.replace("\x00", "")[:LONGEST_NAMED])

    def address(self, search: Search) -> str:
        """Return the address of another search on the same page."""
        query = urlencode(
            {
                name: getattr(search, kind)
                for kind, name in PARAMETERS.items()
                if getattr(search, kind)
            },
            doseq=True,
        )
        return f"{self.path}?{query}" if query else self.path

    @cached_property
    def topic_choices(self) -> list[TopicChoices]:
        """Topics that are in use or ticked, each with those below it."""
        shown = [topic for topic in self.topics if topic.is_used or self._has_topic(topic)]
        used_parents = {topic.parent_id for topic in shown}
        return [
            TopicChoices(
                self._topic_choice(topic),
                [self._topic_choice(part) for part in shown if part.parent_id == topic.pk],
            )
            for topic in self.topics
            if not topic.parent_id and (topic in shown or topic.pk in used_parents)
        ]

    def _has_topic(self, topic: Topic) -> bool:
        return topic.slug in self.search.topics

    def _topic_choice(self, topic: Topic) -> Choice:
        return Choice(topic.slug, topic.name, self._has_topic(topic))

    @property
    def day_choices(self) -> list[Choice]:
        """The days of the week."""
        return _choices(Weekday, self.search.days)

    @property
    def format_choices(self) -> list[Choice]:
        """How groups meet."""
        return _choices(Format, self.search.formats)

    @property
    def is_filtered(self) -> bool:
        """Whether anything but words is asked for."""
        return bool(self.search.without("words").kinds)

    @property
    def chips(self) -> list[dict[str, str]]:
        """Each value in use, with the address of the search without it."""
        return [
            {
                "label": self._label(kind, value),
                "url": self.address(self.search.without(kind, value)),
            }
            for kind in self.search.kinds
            for value in self._values(kind)
        ]

    def spoken(self, kind: str) -> str:
        """Return the values of one kind in words: "Monday, Tuesday"."""
        return ", ".join(self._label(kind, value) for value in self._values(kind))

    def _values(self, kind: str) -> tuple[str, ...]:
        held = getattr(self.search, kind)
        return (held,) if isinstance(held, str) else held

    def _label(self, kind: str, value: str) -> str:
        if kind == "words":
            return _("“%(words)s”") % {"words": value}
        if kind == "topics":
            return next(topic.name for topic in self.topics if topic.slug == value)
        return str((Weekday if kind == "days" else Format)(value).label)


def _choices(known: type[Choices], chosen: tuple[str, ...]) -> list[Choice]:
    return [Choice(value, str(label), value in chosen) for value, label in known.pairs()]
