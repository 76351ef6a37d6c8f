"""What visitors may see, or 404."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from directory.models import FacilitatorProfile, Group, Meeting, Organisation
from directory.queries.facilitators import listed_facilitators
from directory.queries.groups import group_or_resting


def load_group(slug: str) -> Group:
    """Return a published group, with its organisation and place."""
    return get_object_or_404(Group.objects.select_related("organisation", "place"), slug=slug)


def load_group_or_resting(slug: str) -> Group:
    """Return a published group, or one that was and now takes a break or has closed."""
    group = group_or_resting(slug)
    if group is None:
        raise Http404
    return group


def load_meeting(uuid: UUID) -> Meeting:
    """Return a date of a published group, over or to come, with its group."""
    meetings = Meeting.objects.select_related("group__organisation", "group__place")
    return get_object_or_404(meetings, pk=uuid)


def load_organisation(slug: str) -> Organisation:
    """Return an organisation that has published groups."""
    return get_object_or_404(Organisation.objects.with_published_groups(), slug=slug)


def load_facilitator(public_id: UUID) -> FacilitatorProfile:
    """Return what a facilitator shows visitors, while they choose to be listed."""
    return get_object_or_404(listed_facilitators(), public_id=public_id)
