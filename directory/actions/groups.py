from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import Person
from directory.actions.finder import refresh_finder
from directory.actions.group_names import fits_name, free_slug
from directory.actions.locks import lock_coming_dates, lock_group
from directory.actions.memberships import let_waiting_in
from directory.actions.place_tries import write_try
from directory.actions.places import add_place
from directory.actions.seats import follow_absences, follow_format
from directory.choices import GroupStatus
from directory.models import Group, OnlineRoom, Organisation, Topic
from directory.queries.moderation import facts_of
from directory.refusals import Refusal, Refused, refuse_if
from directory.rules.group_places import why_not_so_few_places
from directory.rules.groups import (
    CHANGED_MEANWHILE,
    what_is_missing,
    why_not_confirm,
    why_not_pause,
    why_not_publish,
    why_not_these_values,
)
from directory.rules.moderating import why_not_moderate

__all__ = [
    "confirm_group",
    "create_group",
    "pause_group",
    "publish_group",
    "update_group",
]

# What a caller may give besides the group's own fields; None leaves it as it is.
TOPICS, ROOM, NEW_PLACE = "topics", "online_room", "new_place"
# Fields whose change may give those a place who wait for one.
PLACES = {"capacity", "meeting_capacity", "online_capacity", "first_timer_places"}
# The fields that can contradict each other.
VALUES_ASKED = (
    *("joining", "format", "answer_within_days", "min_age", "max_age"),
    *("usual_size_from", "usual_size_to", "capacity", "meeting_capacity"),
    *("online_capacity", "first_timer_places"),
)


@transaction.atomic
def create_group(*, organisation: Organisation, by: Person | None, **fields: Any) -> Group:
    """Put up a draft of a group.

    Beside the group's fields: `topics`, a list; `online_room`, the room's fields; `new_place`, a
    place's fields. Zone and country are the organisation's unless given. Raises Refused.
    """
    refuse_if(why_not_moderate(organisation, by))
    parts = _take_apart(fields)
    fields = {
        "country": organisation.country,
        "time_zone": organisation.time_zone,
        **fields,
        **_place(organisation, by, parts[NEW_PLACE]),
    }
    group = Group(organisation=organisation, slug=free_slug(fields.get("name", "")), **fields)
    _refuse_contradictions(group)
    group.save(force_insert=True)
    _save_parts(group, parts)
    record(by=by, action="group.created", about=group, organisation=organisation)
    return group


def update_group(
    *, group: Group, by: Person | None, version: int | None = None, **fields: Any
) -> Group:
    """Change a group; the names of fields are those of `create_group`.

    `version` is the one the person was looking at, None when they looked at none. The address
    follows the name until the group is first published. Raises Refused.
    """
    write_try(group=group, by=by, values=fields)
    return _update(group, by, version, fields)


@transaction.atomic
def _update(group: Group, by: Person | None, version: int | None, fields: dict[str, Any]) -> Group:
    locked = lock_group(group)
    refuse_if(why_not_moderate(locked.organisation, by))
    if version not in (None, locked.version):
        raise Refused(CHANGED_MEANWHILE)
    missed_before = _missing_codes(locked)
    parts = _take_apart(fields)
    fields |= _place(locked.organisation, by, parts[NEW_PLACE])
    changed = {name for name, value in fields.items() if getattr(locked, name) != value}
    if "name" in changed and not locked.published_at and not fits_name(locked.slug, fields["name"]):
        fields["slug"] = free_slug(fields["name"], but=locked.pk)
        changed.add("slug")
    if changed & {*PLACES, "format"}:
        # Nobody takes a place while it is counted what is taken.
        lock_coming_dates(locked)
    too_few = why_not_so_few_places(locked, fields)
    format_before = locked.format
    for name in changed:
        setattr(locked, name, fields[name])
    _refuse_contradictions(locked)
    refuse_if(too_few[0] if too_few else None)
    changed |= _save_parts(locked, parts)
    if not changed:
        return locked
    _refuse_taking_away(locked, missed_before)
    _save(locked, changed - {TOPICS, ROOM})
    refresh_finder([locked])
    _record(locked, by, "group.changed", fields=sorted(changed))
    _follow(locked, changed, format_before)
    return locked


@transaction.atomic
def publish_group(*, group: Group, by: Person | None) -> Group:
    """Show a group to visitors, as its organisation approves it. Raises Refused."""
    locked = lock_group(group)
    refuse_if(why_not_moderate(locked.organisation, by))
    reasons = why_not_publish(locked)
    if reasons:
        raise Refused(reasons[0])
    locked.status = GroupStatus.PUBLISHED
    locked.published_at = locked.published_at or timezone.now()
    locked.confirmed_on = timezone.localdate()
    _save(locked, {"status", "published_at", "confirmed_on"})
    _record(locked, by, "group.published")
    refresh_finder([locked])
    let_waiting_in(group=locked)
    return locked


@transaction.atomic
def pause_group(*, group: Group, by: Person | None) -> Group:
    """Take a group away from visitors; members and dates stay. Raises Refused."""
    locked = lock_group(group)
    refuse_if(why_not_moderate(locked.organisation, by) or why_not_pause(locked))
    locked.status = GroupStatus.PAUSED
    _save(locked, {"status"})
    _record(locked, by, "group.paused")
    refresh_finder([locked])
    return locked


@transaction.atomic
def confirm_group(*, group: Group, by: Person | None) -> Group:
    """Note that all on a group's page is still right today. Raises Refused."""
    locked = lock_group(group)
    refuse_if(why_not_moderate(locked.organisation, by) or why_not_confirm(locked))
    locked.confirmed_on = timezone.localdate()
    _save(locked, {"confirmed_on"})
    _record(locked, by, "group.confirmed")
    return locked


def _follow(group: Group, changed: set[str], format_before: str) -> None:
    """Bring the places at coming dates into line with what changed of the group."""
    if "format" in changed:
        follow_format(group=group, before=format_before)
    if "releases_absent" in changed:
        follow_absences(group=group)
    if changed & PLACES:
        let_waiting_in(group=group)


def _take_apart(fields: dict[str, Any]) -> dict[str, Any]:
    """Take out of `fields` what does not stand in the group's own row."""
    return {name: fields.pop(name, None) for name in (TOPICS, ROOM, NEW_PLACE)}


def _place(
    organisation: Organisation, by: Person | None, new_place: Mapping[str, Any] | None
) -> dict[str, Any]:
    if new_place is None:
        return {}
    return {"place": add_place(organisation=organisation, by=by, **new_place)}


def _save_parts(group: Group, parts: Mapping[str, Any]) -> set[str]:
    """Write topics and online room, where they were given; returns the names of what changed."""
    changed = set()
    if parts[TOPICS] is not None and _set_topics(group, parts[TOPICS]):
        changed.add(TOPICS)
    if parts[ROOM] is not None:
        OnlineRoom.objects.update_or_create(group=group, defaults=dict(parts[ROOM]))
        changed.add(ROOM)
    return changed


def _set_topics(group: Group, topics: Iterable[Topic]) -> bool:
    wanted = {topic.pk for topic in topics}
    if wanted == set(group.topics.values_list("pk", flat=True)):
        return False
    group.topics.set(wanted)
    return True


def _save(group: Group, fields: set[str]) -> None:
    group.version += 1
    group.save(update_fields=fields | {"version", "updated_at"})


def _record(group: Group, by: Person | None, action: str, **detail: Any) -> None:
    record(
        by=by,
        action=action,
        about=group,
        organisation=group.organisation,
        version=group.version,
        **detail,
    )


def _refuse_contradictions(group: Group) -> None:
    reasons = why_not_these_values({name: getattr(group, name) for name in VALUES_ASKED})
    if group.place and group.place.organisation_id != group.organisation_id:
        reasons.append(Refusal("place", _("This place is another organisation's.")))
    if reasons:
        raise Refused(reasons[0])


def _missing_codes(group: Group) -> set[str]:
    if not group.is_published:
        return set()
    return {reason.code for reason in what_is_missing(group, facts_of(group))}


def _refuse_taking_away(group: Group, missed_before: set[str]) -> None:
    """Hold a published group to what visitors need; what an import left out may stay out."""
    if not group.is_published:
        return
    for reason in what_is_missing(group, facts_of(group)):
        if reason.code not in missed_before:
            raise Refused(reason)
