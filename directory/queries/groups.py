"""One group and what it is about, for its page."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from directory.choices import GroupStatus
from directory.models import Group, Topic
from directory.queries.prepared import Prepared

# Taking a break, or closed for good.
RESTING = (GroupStatus.PAUSED, GroupStatus.CLOSED)
_SHOWN = Q(status=GroupStatus.PUBLISHED) | Q(status__in=RESTING, published_at__isnull=False)
_BY_SLUG: Prepared[Group] = Prepared(
    lambda slug: Group.everything.filter(_SHOWN, slug=slug).select_related("organisation", "place"),
    slug="a-slug",
)
_TOPICS: Prepared[Topic] = Prepared(
    lambda group: Topic.objects.filter(groups=group), group=UUID(int=1)
)


def group_or_resting(slug: str) -> Group | None:
    """Return a published group, or one that was and rests; with its organisation and place."""
    return next(iter(_BY_SLUG.objects(slug=slug)), None)


def with_addresses(ids: Iterable[UUID]) -> dict[UUID, Group]:
    """Return published groups by their ids, with all that is printed of them, places too."""
    return Group.objects.select_related("organisation", "place").in_bulk(list(ids))


def topics_of(group: Group) -> list[Topic]:
    """Return what a group is about, in the order of the list of topics."""
    return _TOPICS.objects(group=group.pk)
