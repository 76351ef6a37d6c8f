"""Help me choose: four questions whose answers travel in the address, and end in a search.

No Django form, since nothing in it can be wrong: each question can be left open, and a value
that is not known is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.conf import settings
from django.http import QueryDict
from django.utils.http import urlencode

from directory.choices import Weekday
from directory.forms.choosing.questions import (
    ACCESS,
    ASKED,
    AUDIENCES,
    DAYS,
    DAYS_OF,
    DONE,
    EASE,
    EITHER,
    FORMATS,
    KNOWN,
    LANGUAGES,
    LONGEST,
    ONLINE,
    STEPS,
    TIMES,
    WAYS,
)
from directory.models import Topic
from directory.text.spoken_names import spoken_language


class Box(NamedTuple):
    """A box to tick or a point to choose."""

    name: str
    value: str
    label: str
    is_chosen: bool
    hint: str = ""

    @property
    def html_id(self) -> str:
        """Where its label leads."""
        return f"{self.name}-{self.value}"


@dataclass(frozen=True)
class TopicBoxes:
    """A topic, and the narrower ones below it."""

    whole: Box
    parts: list[Box]

    @property
    def plain_whole(self) -> Box:
        """The topic without its hint, which its summary tells already."""
        return self.whole._replace(hint="")

    @property
    def is_open(self) -> bool:
        """Whether something in it is ticked, so that it should be seen."""
        return self.whole.is_chosen or any(part.is_chosen for part in self.parts)


class ChoosingForm:
    """The answers given so far, and the question that is asked now.

    `topics` are all topics, with `is_used` (`queries.search.topics_to_choose`).
    """

    def __init__(self, query: QueryDict, *, path: str, topics: Iterable[Topic]) -> None:
        self.path = path
        self.topics = _in_use(topics)
        known = KNOWN | {
            "topic": {topic.slug for topic in self.topics},
            "language": self.languages,
        }
        step = query.get("step", "")
        self.step = step if step in (*STEPS, DONE) else STEPS[0]
        self.answers: dict[str, list[str]] = {}
        for name in (name for names in ASKED.values() for name in names):
            typed = [" ".join(value.replace("\x00", "").split()) for value in query.getlist(name)]
            kept = [value[:LONGEST] for value in typed if value in known.get(name, typed)]
            self.answers[name] = list(dict.fromkeys(value for value in kept if value))

    @property
    def is_done(self) -> bool:
        """Whether no question is left."""
        return self.step == DONE

    @property
    def number(self) -> int:
        """Which question this is, from 1."""
        return STEPS.index(self.step) + 1

    @property
    def count(self) -> int:
        """How many questions there are."""
        return len(STEPS)

    @property
    def next_step(self) -> str:
        """The step after this one."""
        return (*STEPS, DONE)[self.number]

    @property
    def back_url(self) -> str:
        """The question before, with all answers; empty at the first."""
        return self._address(STEPS[self.number - 2]) if self.number > 1 else ""

    @property
    def skip_url(self) -> str:
        """The next question, with no answer to this one."""
        return self._address(self.next_step, without=ASKED[self.step])

    def _address(self, step: str, without: Iterable[str] = ()) -> str:
        kept = {name: values for name, values in self.answers.items() if name not in without}
        return f"{self.path}?{urlencode({**_filled(kept), 'step': step}, doseq=True)}"

    @property
    def carried(self) -> list[tuple[str, str]]:
        """The answers to other questions, which the form takes along."""
        others = {name: self.answers[name] for name in self.answers if name not in ASKED[self.step]}
        return [(name, value) for name, values in others.items() for value in values]

    def first(self, name: str) -> str:
        """Return the one answer of a field, or ""."""
        return next(iter(self.answers[name]), "")

    @property
    def words(self) -> str:
        """What was typed in one's own words."""
        return self.first("q")

    @property
    def place(self) -> str:
        """The town or postcode that was typed."""
        return self.first("place")

    @property
    def topic_boxes(self) -> list[TopicBoxes]:
        """Topics in two levels, with what they mean."""
        return [
            TopicBoxes(
                self._topic(topic),
                [self._topic(part) for part in self.topics if part.parent_id == topic.pk],
            )
            for topic in self.topics
            if topic.parent_id is None
        ]

    def _topic(self, topic: Topic) -> Box:
        return self._box("topic", topic.slug, topic.name, hint=topic.description)

    @property
    def ways(self) -> list[Box]:
        """In person, online or either; a place typed means that one would go there."""
        chosen = self.first("how") or EITHER
        return [Box("how", value, str(label), value == chosen) for value, label in WAYS]

    @property
    def days(self) -> list[Box]:
        """Weekdays, weekends."""
        return self._boxes("days", DAYS)

    @property
    def times(self) -> list[Box]:
        """Parts of the day."""
        return self._boxes("time", TIMES)

    @property
    def needs(self) -> list[Box]:
        """What has to be there."""
        return self._boxes("access", ACCESS)

    @property
    def ease(self) -> list[Box]:
        """What makes coming easier."""
        return [self._box(name, value, str(label)) for name, value, label in EASE]

    @property
    def audiences(self) -> list[Box]:
        """Who else would be there."""
        return self._boxes("audience", AUDIENCES)

    @cached_property
    def languages(self) -> dict[str, str]:
        """Languages by code, in the order of their names."""
        codes = dict.fromkeys((*settings.LANGUAGES_OFFERED, *LANGUAGES))
        names = {code: spoken_language(code) for code in codes}
        return dict(sorted(names.items(), key=lambda pair: pair[1].casefold()))

    @property
    def language_options(self) -> list[Box]:
        """The languages, to choose one."""
        return self._boxes("language", self.languages.items())

    def _boxes(self, name: str, pairs: Iterable[tuple[str, object]]) -> list[Box]:
        return [self._box(name, value, str(label)) for value, label in pairs]

    def _box(self, name: str, value: str, label: str, *, hint: str = "") -> Box:
        return Box(name, value, label, value in self.answers[name], hint)

    @property
    def result_query(self) -> str:
        """The answers as an address of the finder, without its path."""
        asked = {name: self.answers[name] for name in ("q", "topic", *ASKED["matters"])}
        asked["time"] = self.answers["time"]
        asked["day"] = self._days()
        asked |= self._where()
        return urlencode({**_filled(asked), "why": "1"}, doseq=True)

    def _days(self) -> list[str]:
        """Return the weekdays; none where all will do."""
        days = [day for part in self.answers["days"] for day in DAYS_OF[part]]
        return days if len(days) < len(Weekday.values) else []

    def _where(self) -> dict[str, list[str]]:
        """Return place and formats. Either, near a place, are groups there and groups online."""
        how, place = self.first("how") or EITHER, self.place
        if how == EITHER and not place:
            return {}
        places = [place] if place and how != ONLINE else []
        return {"place": places, "format": list(FORMATS[how])}


def _filled(answers: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: values for name, values in answers.items() if values}


def _in_use(topics: Iterable[Topic]) -> list[Topic]:
    """Return the topics that a published group is on, and those above them."""
    known = list(topics)
    above = {topic.parent_id for topic in known if topic.is_used}
    return [topic for topic in known if topic.is_used or topic.pk in above]
