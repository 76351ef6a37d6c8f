from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import Person
from directory import content
from directory.models import (
    AgreementVersion,
    Article,
    ArticlePart,
    ConfidentialityNote,
    CrisisLine,
    EverydayWords,
    SiteProfile,
    Topic,
)
from directory.queries.notes import forget_notes
from directory.queries.site import forget_site
from directory.queries.vocabulary import forget_everyday_words


@transaction.atomic
def set_up_site(*, by: Person | None) -> dict[str, int]:
    """Load the words that come with the software; returns how many rows of each kind were new.

    A kind is loaded once, while there is none of it: what people edited, added or deleted in the
    browser stays as they left it, and newer shipped words do not overwrite it.
    """
    SiteProfile.objects.get_or_create(id=SiteProfile.ONLY)
    # Two processes that set up at once take turns here; the second finds all in place.
    SiteProfile.objects.select_for_update().get(id=SiteProfile.ONLY)
    loaded = {kind: load() for kind, load in KINDS.items()}
    if any(loaded.values()):
        counts: dict[str, Any] = dict(loaded)
        record(by=by, action="site.set_up", about="site", **counts)
    forget_site()
    forget_notes()
    forget_everyday_words()
    return loaded


def _load_topics() -> int:
    if Topic.objects.exists():
        return 0
    parents = content.topics()
    Topic.objects.bulk_create(_topic(topic, place) for place, topic in enumerate(parents, 1))
    rows = {topic.slug: topic for topic in Topic.objects.all()}
    children = [
        _topic(child, place, rows[parent.slug])
        for parent in parents
        for place, child in enumerate(parent.under, 1)
    ]
    return len(parents) + len(Topic.objects.bulk_create(children))


def _topic(topic: content.ShippedTopic, place: int, parent: Topic | None = None) -> Topic:
    return Topic(
        slug=topic.slug,
        name=topic.name,
        description=topic.description,
        parent=parent,
        position=place,
    )


def _load_everyday_words() -> int:
    if EverydayWords.objects.exists():
        return 0
    rows = {topic.slug: topic for topic in Topic.objects.all()}
    shipped = [topic for parent in content.topics() for topic in (parent, *parent.under)]
    return len(
        EverydayWords.objects.bulk_create(
            EverydayWords(words=words, topic=rows[topic.slug])
            for topic in shipped
            if topic.slug in rows
            for words in topic.words
        )
    )


def _load_articles() -> int:
    if Article.objects.exists():
        return 0
    for place, shipped in enumerate(content.articles(), 1):
        article = Article.objects.create(
            slug=shipped.slug,
            title=shipped.title,
            summary=shipped.summary,
            about=shipped.about,
            opening=shipped.opening.body,
            opening_source=shipped.opening.source,
            evidence=shipped.evidence.body,
            evidence_source=shipped.evidence.source,
            position=place,
            published_at=timezone.now(),
        )
        article.topics.set(Topic.objects.filter(slug__in=shipped.topics))
        ArticlePart.objects.bulk_create(_part(article, part) for part in shipped.parts)
    return Article.objects.count()


def _part(article: Article, part: content.Passage) -> ArticlePart:
    return ArticlePart(
        article=article,
        number=part.number,
        slug=part.slug,
        heading=part.heading,
        body=part.body,
        source=part.source,
    )


def _load_notes() -> int:
    if ConfidentialityNote.objects.exists():
        return 0
    parts = {part.slug: part for part in ArticlePart.objects.order_by("-article__position")}
    return len(
        ConfidentialityNote.objects.bulk_create(
            ConfidentialityNote(
                slug=note.slug,
                text=note.text,
                origin=note.origin,
                source=note.source,
                reason=note.reason,
                part=parts.get(note.part),
                shown_on=list(note.shown_on),
                formats=list(note.formats),
                position=place,
            )
            for place, note in enumerate(content.notes(), 1)
        )
    )


def _load_agreements() -> int:
    known = set(AgreementVersion.objects.values_list("kind", flat=True))
    return len(
        AgreementVersion.objects.bulk_create(
            AgreementVersion(
                kind=agreement.kind,
                number=agreement.number,
                title=agreement.title,
                text=agreement.body,
                published_at=timezone.now(),
            )
            for agreement in content.agreements()
            if agreement.kind not in known
        )
    )


def _load_crisis_lines() -> int:
    if CrisisLine.objects.exists():
        return 0
    return len(
        CrisisLine.objects.bulk_create(CrisisLine(**vars(line)) for line in content.crisis_lines())
    )


KINDS: dict[str, Callable[[], int]] = {
    "topics": _load_topics,
    "everyday_words": _load_everyday_words,
    "articles": _load_articles,
    "notes": _load_notes,
    "agreements": _load_agreements,
    "crisis_lines": _load_crisis_lines,
}
