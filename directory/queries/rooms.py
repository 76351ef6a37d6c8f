"""The one place that hands out an online room, and who may know an address that is for members."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from accounts.models import Person
from directory.choices import AgreementKind, Format
from directory.models import (
    Acceptance,
    AgreementVersion,
    Consent,
    Group,
    Meeting,
    Membership,
    OnlineRoom,
    Seat,
)
from directory.models.meetings import MeetingQuerySet
from directory.queries.cover_access import is_open_to_cover


def online_room_for(person: Person, group: Group, now: datetime) -> OnlineRoom | None:
    """How `person` gets into the group's online meeting at this moment, if they may.

    All of it holds at once: the group is public and meets online; a date of it that goes ahead
    starts within the minutes of `ONLINE_ROOM_OPENS_MINUTES` or is on; the person is an active
    member, or has a confirmed seat at that very date; accepted the agreement in force; and we
    may keep that they take part.
    """
    if not group.is_published or group.format == Format.IN_PERSON:
        return None
    open_now = meetings_with_open_room(group, now)
    in_force = AgreementVersion.objects.in_force(AgreementKind.CONFIDENTIALITY).values("id")[:1]
    agreed = Acceptance.objects.filter(person=person, version=in_force)
    consented = Consent.objects.standing().filter(person=person, group=OuterRef("group"))
    member = Membership.objects.active().filter(person=person, group=OuterRef("group"))
    seated = Seat.objects.confirmed().filter(person=person, meeting__in=open_now.values("id"))
    return (
        OnlineRoom.objects.filter(group=group)
        .filter(Exists(open_now), Exists(agreed), Exists(consented))
        .filter(Q(Exists(member)) | Q(Exists(seated)))
        .first()
    )


def takes_part(person: Person, group: Group, now: datetime) -> bool:
    """Whether `person` is in the group, or has a place at a date of it that is still to come.

    Somebody who waits, or for whom a place is held, does not take part yet; nor does anybody
    who took back that we may keep it.
    """
    if not Consent.objects.standing().filter(person=person, group=group).exists():
        return False
    if Membership.objects.active().filter(person=person, group=group).exists():
        return True
    coming = Meeting.objects.going_ahead().filter(group=group).coming(now)
    return Seat.objects.confirmed().filter(person=person, meeting__in=coming.values("id")).exists()


def meetings_with_open_room(group: Group, now: datetime) -> MeetingQuerySet:
    """Dates that go ahead and whose room is open at this moment."""
    opens_before = now + timedelta(minutes=settings.ONLINE_ROOM_OPENS_MINUTES)
    return Meeting.objects.going_ahead().filter(
        group=group, starts_at__lte=opens_before, ends_at__gt=now
    )


def room_opens_at(group: Group, now: datetime, meeting: Meeting | None = None) -> datetime | None:
    """When the room opens for the next date that goes ahead; None when no date is known.

    With a `meeting` that is still to come: when it opens for that one.
    """
    coming = Meeting.objects.filter(group=group).going_ahead().coming(now)
    if meeting and coming.filter(pk=meeting.pk).exists():
        coming = coming.filter(pk=meeting.pk)
    starts_at = coming.values_list("starts_at", flat=True).first()
    if starts_at is None:
        return None
    return starts_at - timedelta(minutes=settings.ONLINE_ROOM_OPENS_MINUTES)


def online_room_to_cover(person: Person, meeting: Meeting, now: datetime) -> OnlineRoom | None:
    """How people get into a date, for who stands in at it, while it is open to them."""
    if not is_open_to_cover(person, meeting, now):
        return None
    return OnlineRoom.objects.filter(group=meeting.group_id).first()


def online_room_to_edit(person: Person, group: Group) -> OnlineRoom | None:
    """How people get into the group's online meetings, for who facilitates it now, at any time."""
    facilitated = Group.everything.facilitated_by(person)
    return OnlineRoom.objects.filter(group=group, group__in=facilitated).first()
