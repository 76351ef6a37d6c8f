"""What a group's own words have to be, what visitors still need, and what needs somebody.

The `code` of a refusal is the field that it speaks of, so that a page can lead there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.choices import Format, GroupStatus, Joining
from directory.models import Group
from directory.queries.moderation import GroupFacts, facts_of
from directory.refusals import Refusal

# A group that nobody said to be still right for this long says so to its visitors.
CONFIRMED_FOR = timedelta(days=183)
# One person may be mistaken, or mean harm; so many who say the same are looked at first.
SEVERAL = 2
CHANGED_MEANWHILE = Refusal(
    "changed_meanwhile",
    _("Somebody else saved this group while you were writing. Nothing of yours is lost."),
)


def why_not_these_values(values: Mapping[str, Any]) -> list[Refusal]:
    """Say which of a group's values contradict each other; values that are not there are empty."""
    return list(_contradictions(values))


def _contradictions(values: Mapping[str, Any]) -> Iterator[Refusal]:
    joining, of_format = values.get("joining"), values.get("format")
    if joining == Joining.JUST_COME and of_format not in (None, "", Format.IN_PERSON):
        yield Refusal(
            "joining",
            _(
                "Online, people have to sign up first, because the link is never public. "
                "Choose “Sign up” or “Ask to join”."
            ),
        )
    if joining == Joining.ASK and not values.get("answer_within_days"):
        yield Refusal(
            "answer_within_days",
            _("Say within how many days people get an answer, so that nobody waits in vain."),
        )
    if _out_of_order(values.get("min_age"), values.get("max_age")):
        yield Refusal("max_age", _("The highest age is lower than the lowest one."))
    if _out_of_order(values.get("usual_size_from"), values.get("usual_size_to")):
        yield Refusal("usual_size_to", _("“At most” is lower than “at least”."))
    for name in ("capacity", "meeting_capacity", "online_capacity"):
        if values.get(name) == 0:
            yield Refusal(name, _("There has to be room for one person at least, or no limit."))
    yield from _first_timers(values.get("first_timer_places"), values.get("meeting_capacity"))


def _first_timers(kept: int | None, places: int | None) -> Iterator[Refusal]:
    if not kept:
        return
    if not places:
        yield Refusal(
            "first_timer_places",
            _("Say first how many places a meeting has. Then some of them can be kept."),
        )
    elif kept > places:
        yield Refusal("first_timer_places", _("That is more than a meeting has."))


def _out_of_order(least: int | None, most: int | None) -> bool:
    return least is not None and most is not None and most < least


def what_is_missing(group: Group, facts: GroupFacts) -> list[Refusal]:
    """List what visitors need before they can come; empty when the group can be published."""
    return list(_missing(group, facts))


def _missing(group: Group, facts: GroupFacts) -> Iterator[Refusal]:
    if not group.summary.strip():
        yield Refusal("summary", _("Say in one or two sentences what the group is."))
    if not facts.has_topics:
        yield Refusal("topics", _("Choose what the group is about."))
    if not group.languages:
        yield Refusal("languages", _("Choose the language people speak there."))
    if group.has_room_to_go_to and group.place is None:
        yield Refusal("place", _("Say where the group meets."))
    if group.is_online and not facts.has_online_room:
        yield Refusal("room_url", _("Add how people get into the online room."))
    if group.joining == Joining.ASK and not facts.facilitators:
        yield Refusal(
            "facilitators",
            _(
                "Nobody could answer people who ask to join. "
                "Wait until a facilitator has accepted your invitation."
            ),
        )


def why_not_publish(group: Group, facts: GroupFacts | None = None) -> list[Refusal]:
    """List what keeps the group from visitors; empty when it may be published."""
    if group.status == GroupStatus.PUBLISHED:
        return [Refusal("published", _("This group is already published."))]
    if group.status == GroupStatus.CLOSED:
        return [Refusal("closed", _("This group is closed for good."))]
    return what_is_missing(group, facts or facts_of(group))


def why_not_pause(group: Group) -> Refusal | None:
    """Take a group away from visitors for a while."""
    if group.status == GroupStatus.PUBLISHED:
        return None
    return Refusal("not_published", _("Visitors do not see this group, so it cannot be paused."))


def why_not_confirm(group: Group) -> Refusal | None:
    """Say that everything on a group's page is still right."""
    if group.status == GroupStatus.PUBLISHED:
        return None
    return Refusal("not_published", _("Only a published group is confirmed. Publish it first."))


def what_would_help(group: Group, facts: GroupFacts) -> list[Refusal]:
    """List what newcomers often ask and this group's page does not tell yet."""
    return list(_helpful(group, facts))


def _helpful(group: Group, facts: GroupFacts) -> Iterator[Refusal]:
    if not group.who_for and not group.audiences:
        yield Refusal("who_for", _("Who is it for?"))
    if not group.what_to_expect:
        yield Refusal("what_to_expect", _("What happens at a meeting?"))
    if group.has_room_to_go_to and not group.which_door:
        yield Refusal("which_door", _("Which door, which floor?"))
    if not group.who_greets:
        yield Refusal("who_greets", _("Who greets somebody new?"))
    if not group.only_listen:
        yield Refusal("only_listen", _("May one only listen?"))
    if not facts.has_dates:
        yield Refusal("dates", _("When is the next meeting? A facilitator can add dates."))


def what_needs_attention(
    group: Group, facts: GroupFacts, now: datetime | None = None
) -> list[Refusal]:
    """List what somebody of the organisation should look after, the most pressing first."""
    now = now or timezone.now()
    return list(_needs(group, facts, now))


def _needs(group: Group, facts: GroupFacts, now: datetime) -> Iterator[Refusal]:
    if facts.says_not_running >= SEVERAL:
        yield Refusal("not-running", _("Several people say that it does not meet any more."))
    if facts.requests:
        yield Refusal("requests", _requests(group, facts, now))
    if facts.questions:
        yield Refusal("questions", _("Somebody asked something and waits for an answer."))
    if facts.corrections:
        yield Refusal("corrections", _("Somebody says that something on its page is wrong."))
    if group.status == GroupStatus.CLOSED:
        return
    if not facts.facilitators:
        yield Refusal("facilitators", _no_facilitator(facts))
    if group.status != GroupStatus.PUBLISHED:
        return
    if is_unconfirmed(group, now):
        yield Refusal("confirm", _("Nobody has confirmed for six months that this is right."))
    if not facts.has_dates:
        yield Refusal("dates", _("No date to come."))


def is_unconfirmed(group: Group, now: datetime | None = None) -> bool:
    """Whether visitors should be told that nobody has looked at this group lately."""
    today = (now or timezone.now()).date()
    looked_at_on = group.confirmed_on or (group.published_at or group.created_at).date()
    return today - looked_at_on > CONFIRMED_FOR


def _requests(group: Group, facts: GroupFacts, now: datetime) -> Any:
    promised = timedelta(days=group.answer_within_days or 0)
    if facts.oldest_request_at and now - facts.oldest_request_at > promised:
        return _("People asked to join and wait longer than they were promised.")
    return _("People asked to join and wait for an answer.")


def _no_facilitator(facts: GroupFacts) -> Any:
    if facts.open_invitations:
        return _("No facilitator yet: an invitation is on its way.")
    return _("No facilitator.")
