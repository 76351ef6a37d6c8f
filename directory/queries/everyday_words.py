"""The table of everyday words, as those who look after the site see it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from directory.models import EverydayWords, Topic
from directory.queries.vocabulary import TOPIC_MARK, phrasebook
from directory.text.asked_words import parse

SHOWN = 5


@dataclass(frozen=True)
class TopicWords:
    """A topic, in how many ways it is found, and some of them in one line."""

    slug: str
    name: str
    number: int
    some: str


@dataclass(frozen=True)
class Branch:
    """A topic of the upper level: itself, and those under it."""

    slug: str
    name: str
    topics: list[TopicWords]


def topics_with_words() -> list[Branch]:
    """Return all topics by their branches, with some of the words that lead to them."""
    words: dict[int, list[str]] = defaultdict(list)
    for topic_id, said in EverydayWords.objects.order_by("pk").values_list("topic_id", "words"):
        words[topic_id].append(said)
    topics = list(Topic.objects.all())
    return [
        Branch(
            topic.slug,
            topic.name,
            [
                TopicWords(one.slug, one.name, len(words[one.pk]), ", ".join(words[one.pk][:SHOWN]))
                for one in (topic, *(child for child in topics if child.parent_id == topic.pk))
            ],
        )
        for topic in topics
        if topic.parent_id is None
    ]


def topics_meant(text: str) -> list[list[Topic]]:
    """Return the topics to which `text` leads: for each thing that it means, any of several."""
    found = [
        [int(mark.removeprefix(TOPIC_MARK)) for mark in meaning.marks if _is_a_topic(mark)]
        for meaning in phrasebook().meanings(parse(text).in_a_row)
    ]
    topics = Topic.objects.in_bulk({pk for pks in found for pk in pks})
    return [[topics[pk] for pk in pks if pk in topics] for pks in found if pks]


def _is_a_topic(mark: str) -> bool:
    return mark.startswith(TOPIC_MARK)
