from __future__ import annotations

from directory.models import Article, FinderEntry, Meeting

WORDS_A_MINUTE = 200
GROUPS_SHOWN = 3
# Some of the soonest meetings are of the same group: so many are read to find a few groups.
MEETINGS_READ = 40


def published_articles() -> list[Article]:
    """Every article that visitors may read, each with its parts."""
    return list(Article.objects.published().prefetch_related("parts"))


def minutes_to_read(article: Article) -> int:
    """Whole minutes, at least one, at a calm pace."""
    texts = [article.opening, article.evidence, *(part.body for part in article.parts.all())]
    words = sum(len(text.split()) for text in texts)
    return max(1, round(words / WORDS_A_MINUTE))


def groups_that_fit(article: Article) -> list[Meeting]:
    """The next meeting of each of a few groups, soonest first.

    Groups on the article's topics; any group where the article names no topic.
    """
    meetings = Meeting.objects.coming().going_ahead().for_listing()
    if topics := [f"topic:{topic.slug}" for topic in article.topics.all()]:
        meetings = meetings.filter(group__in=FinderEntry.objects.with_any(topics).values("group"))
    next_of: dict[object, Meeting] = {}
    for meeting in meetings[:MEETINGS_READ]:
        next_of.setdefault(meeting.group_id, meeting)
    return list(next_of.values())[:GROUPS_SHOWN]
