"""The table of everyday words, kept by those who look after the site."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from accounts.audit import record
from accounts.models import Person
from directory.models import EverydayWords, Topic
from directory.queries.vocabulary import forget_everyday_words
from directory.refusals import refuse_if
from directory.rules.everyday_words import why_not_use_words
from directory.rules.moderating import why_not_run_site
from directory.text.folding import fold


@transaction.atomic
def change_everyday_words(
    *,
    topic: Topic,
    by: Person | None,
    added: Iterable[str] = (),
    removed: Iterable[EverydayWords] = (),
) -> tuple[int, int]:
    """Let a topic be found by some words more, and by others no longer; returns how many of each.

    Words that are there already, but for capitals and accents, are not added again, and what is
    gone already is not missed. Searches notice within a minute. Raises Refused.
    """
    refuse_if(why_not_run_site(by))
    # Two people who add the same words take turns here.
    Topic.objects.select_for_update(no_key=True).get(pk=topic.pk)
    gone = topic.everyday_words.filter(pk__in=[words.pk for words in removed]).delete()[0]
    there = {fold(words) for words in topic.everyday_words.values_list("words", flat=True)}
    new: dict[str, EverydayWords] = {}
    for typed in added:
        words = " ".join(typed.split()).lower()
        refuse_if(why_not_use_words(words))
        if fold(words) not in there:
            new.setdefault(fold(words), EverydayWords(words=words, topic=topic))
    EverydayWords.objects.bulk_create(new.values())
    if new or gone:
        record(by=by, action="everyday_words.changed", about=topic, added=len(new), removed=gone)
        transaction.on_commit(forget_everyday_words)
    return len(new), gone
