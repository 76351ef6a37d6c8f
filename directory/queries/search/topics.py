from __future__ import annotations

from django.db.models import Exists, OuterRef

from directory.models import Group, Topic


def topics_to_choose() -> list[Topic]:
    """Return all topics; `is_used` says whether a published group is on one."""
    of_published = Group.topics.through.objects.filter(
        topic=OuterRef("pk"), group__in=Group.objects.all()
    )
    return list(Topic.objects.annotate(is_used=Exists(of_published)))
