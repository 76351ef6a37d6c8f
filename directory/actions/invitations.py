from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import Person
from accounts.outbox import queue_to_address
from directory.actions.finder import refresh_finder
from directory.actions.locks import lock_group, lock_person
from directory.choices import FacilitatorRole
from directory.emails.kinds import INVITATION
from directory.invitation_links import VALID_FOR
from directory.models import Facilitator, FacilitatorProfile, Group, Invitation
from directory.refusals import refuse_if
from directory.rules.invitations import (
    why_not_accept,
    why_not_end,
    why_not_invite,
    why_not_invite_as,
    why_not_send_again,
    why_not_take_back,
    why_not_withdraw,
)
from directory.rules.moderating import why_not_moderate


@transaction.atomic
def invite_facilitator(
    *, group: Group, by: Person | None, email: str, role: str = FacilitatorRole.LEAD
) -> Invitation:
    """Ask somebody by mail to facilitate a group. Raises Refused."""
    locked = lock_group(group)
    email = email.strip().lower()
    refuse_if(why_not_invite_as(locked, by, role) or why_not_invite(locked, email))
    invitation = Invitation.objects.create(
        group=locked,
        email=email,
        role=role,
        invited_by=by,
        expires_at=timezone.now() + VALID_FOR,
    )
    _send(invitation, version=1)
    _record(invitation, by, "invitation.sent", role=role)
    return invitation


@transaction.atomic
def send_invitation_again(*, invitation: Invitation, by: Person | None) -> Invitation:
    """Send the mail once more, with a link that holds from now on. Raises Refused."""
    group, locked = _lock(invitation)
    refuse_if(why_not_moderate(group.organisation, by) or why_not_send_again(locked))
    locked.expires_at = timezone.now() + VALID_FOR
    locked.save(update_fields=("expires_at",))
    # The outbox owes one mail a version; seconds since it was made number them in order.
    _send(locked, version=1 + int((timezone.now() - locked.created_at).total_seconds()))
    _record(locked, by, "invitation.sent_again")
    return locked


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Person | None) -> Invitation:
    """Take an invitation back: its link leads nowhere from now on. Raises Refused."""
    _group, locked = _lock(invitation)
    refuse_if(why_not_take_back(locked, by) or why_not_withdraw(locked))
    locked.withdrawn_at = timezone.now()
    _close(locked, "withdrawn_at")
    _record(locked, by, "invitation.withdrawn")
    return locked


@transaction.atomic
def accept_invitation(
    *, invitation: Invitation, by: Person, public_first_name: str = "", is_listed: bool = False
) -> Facilitator:
    """Make the person who holds the link a facilitator of the group.

    Visitors see a first name only of somebody who asks for it here or later. An invitation works
    once. Raises Refused.
    """
    person = lock_person(by)
    group, locked = _lock(invitation)
    refuse_if(why_not_accept(locked, person, name=public_first_name, is_listed=is_listed))
    facilitator = Facilitator.objects.create(group=group, person=person, role=locked.role)
    _write_profile(person, public_first_name.strip(), is_listed=is_listed)
    locked.accepted_at = timezone.now()
    locked.accepted_by = person
    _close(locked, "accepted_at", "accepted_by")
    refresh_finder(Group.everything.facilitated_by(person))
    _record(locked, person, "invitation.accepted", role=locked.role)
    return facilitator


@transaction.atomic
def end_facilitator(*, facilitator: Facilitator, by: Person | None) -> Facilitator:
    """End somebody's part in running a group: what they could see and do there ends at once.

    Raises Refused.
    """
    group = lock_group(facilitator.group_id)
    locked = Facilitator.objects.select_for_update(no_key=True).get(pk=facilitator.pk)
    refuse_if(why_not_moderate(group.organisation, by) or why_not_end(locked))
    locked.ended_at = timezone.now()
    locked.save(update_fields=("ended_at",))
    refresh_finder([group])
    record(by=by, action="facilitator.ended", about=locked, organisation=group.organisation)
    return locked


def _lock(invitation: Invitation) -> tuple[Group, Invitation]:
    """Lock the group, then the invitation, and read both again."""
    group = lock_group(invitation.group_id)
    locked = Invitation.objects.select_for_update(no_key=True).get(pk=invitation.pk)
    locked.group = group
    return group, locked


def _close(invitation: Invitation, *fields: str) -> None:
    """An address is kept only as long as its invitation stands."""
    invitation.email = ""
    invitation.save(update_fields=(*fields, "email"))


def _send(invitation: Invitation, *, version: int) -> None:
    queue_to_address(kind=INVITATION, about=invitation, address=invitation.email, version=version)


def _write_profile(person: Person, first_name: str, *, is_listed: bool) -> None:
    """Keep what a facilitator of another group said of themselves, unless it is said anew."""
    profile, _is_new = FacilitatorProfile.objects.get_or_create(person=person)
    if first_name:
        profile.public_first_name = first_name
    profile.is_listed = profile.is_listed or is_listed
    profile.save(update_fields=("public_first_name", "is_listed"))


def _record(invitation: Invitation, by: Person | None, action: str, **detail: str) -> None:
    record(
        by=by,
        action=action,
        about=invitation,
        organisation=invitation.group.organisation,
        group=str(invitation.group_id),
        **detail,
    )
