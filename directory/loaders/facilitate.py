"""What facilitators may work on: 404 to a stranger, 403 to somebody with a smaller part in it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.models import Person
from directory.invitation_links import invitation_of
from directory.loaders.strangers import keep_out
from directory.models import (
    Correction,
    Cover,
    Facilitator,
    Group,
    Invitation,
    Meeting,
    Membership,
    Moderator,
    Question,
    ScheduleChange,
    Series,
)
from directory.queries.cover_access import covers_date, is_open_to_cover
from directory.rules.asking import may_answer
from directory.rules.invitations import leads
from directory.rules.memberships import facilitates
from directory.rules.moderating import moderates


def load_facilitated_group(person: Person, uuid: UUID) -> Group:
    """Return a group that `person` facilitates now, with organisation and place."""
    groups = Group.everything.select_related("organisation", "place")
    group = get_object_or_404(groups, pk=uuid)
    _ask(group, person)
    return group


def load_facilitated_meeting(person: Person, uuid: UUID) -> Meeting:
    """Return a date of a group that `person` facilitates now, with the group."""
    meetings = Meeting.everything.select_related("group__organisation", "group__place", "series")
    meeting = get_object_or_404(meetings, pk=uuid)
    _ask(meeting.group, person)
    return meeting


def load_led_group(person: Person, uuid: UUID) -> Group:
    """Return a group that `person` leads now; 403 to those who help to run it."""
    group = load_facilitated_group(person, uuid)
    if not leads(person, group):
        raise PermissionDenied
    return group


def load_sent_invitation(person: Person, uuid: UUID) -> Invitation:
    """Return an invitation that `person` sent to a group that they still run."""
    invitations = Invitation.objects.select_related("group__organisation")
    invitation = get_object_or_404(invitations, pk=uuid, invited_by=person)
    _ask(invitation.group, person)
    return invitation


def load_meeting_to_run(person: Person, uuid: UUID) -> Meeting:
    """Return a date of a group that `person` facilitates now, or said to stand in at.

    What is inside it is asked for apart (`queries.date_inside`).
    """
    meeting = get_object_or_404(Meeting.everything.for_listing(), pk=uuid)
    if not covers_date(person, meeting, timezone.now()):
        _ask(meeting.group, person)
    return meeting


def load_open_meeting(person: Person, uuid: UUID) -> Meeting:
    """Return a date that `person` runs at this moment; 403 to who stands in at it later."""
    meeting = load_meeting_to_run(person, uuid)
    if facilitates(person, meeting.group_id):
        return meeting
    if not is_open_to_cover(person, meeting, timezone.now()):
        raise PermissionDenied
    return meeting


def load_meeting_to_staff(person: Person, uuid: UUID) -> Meeting:
    """Return a date for which `person` may look for somebody: who runs or moderates the group."""
    meeting = get_object_or_404(Meeting.everything.for_listing(), pk=uuid)
    _ask_to_answer(meeting.group, person)
    return meeting


def load_own_cover(person: Person, uuid: UUID) -> Cover:
    """Return what `person` was asked, or offered, or stands in at."""
    covers = Cover.objects.select_related("meeting__group__organisation")
    return get_object_or_404(covers, pk=uuid, person=person)


def load_cover_to_accept(person: Person, uuid: UUID) -> Cover:
    """Return somebody's answer at a date of a group that `person` runs or moderates."""
    covers = Cover.objects.select_related("meeting__group__organisation", "person")
    cover = get_object_or_404(covers, pk=uuid)
    _ask_to_answer(cover.meeting.group, person)
    return cover


def load_change(person: Person, uuid: UUID) -> ScheduleChange:
    """Return a change of a group's dates: one's own, or of a group that one runs or moderates."""
    changes = ScheduleChange.objects.select_related("group__organisation")
    change = get_object_or_404(changes, pk=uuid)
    if change.by_id != person.pk:
        _ask_to_answer(change.group, person)
    return change


def load_series(person: Person, uuid: UUID) -> Series:
    """Return a rule by which a group meets that `person` facilitates now, with the group."""
    rows = Series.objects.select_related("group__organisation", "group__place")
    series = get_object_or_404(rows, pk=uuid)
    _ask(series.group, person)
    return series


def load_date_of(series: Series, uuid: str) -> Meeting | None:
    """Return the date of a series that an address names; None where it names none."""
    found: Meeting | None = _named(Meeting.everything.filter(series=series), uuid)
    return found


def load_series_of(group: Group, uuid: str) -> Series | None:
    """Return the rule by which a group meets that an address names; None where it names none."""
    found: Series | None = _named(group.series.all(), uuid)
    return found


def load_request(person: Person, uuid: UUID) -> Membership:
    """Return somebody's standing in a group that `person` facilitates now, with both."""
    memberships = Membership.objects.select_related("group__organisation", "person")
    membership = get_object_or_404(memberships, pk=uuid)
    _ask(membership.group, person)
    return membership


def load_turned_away(person: Person, uuid: UUID) -> Membership:
    """Return somebody's standing in a group that `person` runs or moderates, with both."""
    rows = Membership.objects.select_related("group__organisation", "person")
    membership = get_object_or_404(rows, pk=uuid)
    _ask_to_answer(membership.group, person)
    return membership


def load_question(person: Person, uuid: UUID) -> Question:
    """Return what a visitor asked a group that `person` runs or moderates, without the address."""
    return _load_asked(Question, person, uuid)


def load_correction(person: Person, uuid: UUID) -> Correction:
    """Return what a visitor says is wrong with a group that `person` runs or moderates."""
    return _load_asked(Correction, person, uuid)


def load_asked_group(person: Person, uuid: UUID) -> Group:
    """Return a group for which `person` may answer: whoever runs or moderates it."""
    group = get_object_or_404(Group.everything.select_related("organisation"), pk=uuid)
    _ask_to_answer(group, person)
    return group


def _named(rows: QuerySet[Any], uuid: str) -> Any:
    if not uuid:
        return None
    try:
        return get_object_or_404(rows, pk=uuid)
    except ValidationError:
        raise Http404 from None


def _load_asked(kind: Any, person: Person, uuid: UUID) -> Any:
    rows = kind.objects.select_related("group__organisation").without_address()
    row = get_object_or_404(rows, pk=uuid)
    _ask_to_answer(row.group, person)
    return row


def _ask_to_answer(group: Group, person: Person) -> None:
    if not may_answer(group, person):
        members = Membership.objects.active().filter(person=person, group=group)
        keep_out(has_a_part=members.exists())


def ask_to_facilitate(person: Person) -> None:
    """Let in who facilitates any group now."""
    if Facilitator.objects.current().filter(person=person).exists():
        return
    has_a_part = (
        Membership.objects.active().filter(person=person).exists()
        or Moderator.objects.current().filter(person=person).exists()
    )
    keep_out(has_a_part=has_a_part)


def load_invitation(token: str) -> Invitation | None:
    """Return the invitation whose link this is; None where the link is too old or not ours."""
    invitation_id = invitation_of(token)
    if invitation_id is None:
        return None
    invitations = Invitation.objects.select_related("group__organisation")
    return invitations.filter(pk=invitation_id).first()


def _ask(group: Group, person: Person) -> None:
    if facilitates(person, group.pk):
        return
    is_member = Membership.objects.active().filter(person=person, group=group).exists()
    keep_out(has_a_part=is_member or moderates(group.organisation, person))
