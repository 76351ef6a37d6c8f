from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import OutgoingMail, Person
from accounts.references import reference
from directory.choices import FacilitatorRole, GroupStatus
from directory.models import Facilitator, FacilitatorProfile, Group, Invitation
from directory.refusals import Refusal
from directory.rules.memberships import facilitates
from directory.rules.moderating import why_not_moderate

# No group needs more at once; somebody's address book is not for here.
INVITED_AT_MOST = 5
# Taken back and asked again and again, an invitation would fill somebody's mailbox.
INVITED_A_WEEK = 10
MAILED_A_DAY = 2
A_DAY = timedelta(days=1)
TOO_MANY = Refusal(
    "too_many", _("Several people are invited already. Wait for their answers, or take one back.")
)
TOO_OFTEN = Refusal(
    "too_often",
    _("Many invitations were sent for this group lately. Please wait some days, then ask again."),
)
MAILED_ENOUGH = Refusal(
    "mailed_enough",
    _("Mail with an invitation went to this address already today. Please try again tomorrow."),
)


def why_not_invite_as(group: Group, by: Person | None, role: str) -> Refusal | None:
    """Say why this person may not invite to that role.

    The organisation's moderators may invite to any; who leads the group, co-facilitators.
    """
    refusal = why_not_moderate(group.organisation, by)
    if refusal is None or by is None or role != FacilitatorRole.CO or not leads(by, group):
        return refusal
    if Invitation.objects.open().filter(group=group).count() >= INVITED_AT_MOST:
        return TOO_MANY
    a_week_ago = timezone.now() - 7 * A_DAY
    lately = Invitation.objects.filter(group=group, created_at__gt=a_week_ago)
    return TOO_OFTEN if lately.count() >= INVITED_A_WEEK else None


def why_not_take_back(invitation: Invitation, by: Person | None) -> Refusal | None:
    """Say why this person may not take an invitation back; who leads the group may, their own."""
    refusal = why_not_moderate(invitation.group.organisation, by)
    if refusal and by and invitation.invited_by_id == by.pk and leads(by, invitation.group):
        return None
    return refusal


def leads(person: Person, group: Group) -> bool:
    """Whether this person is a lead facilitator of the group now."""
    role = FacilitatorRole.LEAD
    return Facilitator.objects.current().filter(group=group, person=person, role=role).exists()


def why_not_invite(group: Group, email: str) -> Refusal | None:
    """Ask somebody to facilitate a group. `email` is in lower case."""
    if group.status == GroupStatus.CLOSED:
        return Refusal("closed", _("This group is closed for good."))
    standing = Invitation.objects.filter(
        group=group, email=email, accepted_at=None, withdrawn_at=None
    )
    if standing.exists():
        return Refusal(
            "already_invited",
            _("This person is invited already. You can send the invitation again."),
        )
    return _why_not_mail(email)


def why_not_send_again(invitation: Invitation) -> Refusal | None:
    """Send an invitation once more; one that ran out may be sent again too."""
    if invitation.group.status == GroupStatus.CLOSED:
        return Refusal("closed", _("This group is closed for good."))
    return why_not_withdraw(invitation) or _why_not_mail(invitation.email)


def why_not_withdraw(invitation: Invitation) -> Refusal | None:
    """Take an invitation back."""
    if invitation.accepted_at:
        return Refusal("accepted", _("This invitation was accepted already."))
    if invitation.withdrawn_at:
        return Refusal("withdrawn", _("This invitation was taken back already."))
    return None


def why_not_open(invitation: Invitation) -> Refusal | None:
    """Read an invitation that one holds the link of."""
    if invitation.accepted_at:
        return Refusal("accepted", _("This invitation was used already. Each one works once."))
    if invitation.withdrawn_at:
        return Refusal(
            "withdrawn", _("This invitation was taken back. Please ask who invited you.")
        )
    if invitation.expires_at <= timezone.now():
        return Refusal("expired", _("This invitation has run out. Please ask for a new one."))
    return None


def why_not_accept(
    invitation: Invitation, person: Person, *, name: str = "", is_listed: bool = False
) -> Refusal | None:
    """Become a facilitator by an invitation; `name` is what visitors would read."""
    refusal = why_not_open(invitation)
    if refusal:
        return refusal
    if facilitates(person, invitation.group_id):
        return Refusal("already", _("You facilitate this group already."))
    if is_listed and not name.strip() and not _has_public_name(person):
        return Refusal("public_first_name", _("Tell us the first name that visitors should read."))
    return None


def why_not_end(facilitator: Facilitator) -> Refusal | None:
    """End somebody's part in running a group."""
    if facilitator.ended_at:
        return Refusal("ended", _("This person does not facilitate the group any more."))
    return None


def _why_not_mail(email: str) -> Refusal | None:
    """Write to an address; it has the same peace whichever groups would like to have them.

    Who said yes did not mind. The outbox keeps addresses for a day at least: what it sent is
    counted in it.
    """
    # The kind is that of `emails.kinds`, which is a layer above.
    sent = OutgoingMail.objects.filter(kind="invitation", address=email)
    lately = sent.filter(created_at__gt=timezone.now() - A_DAY).values_list("about", flat=True)
    asked = Invitation.objects.filter(pk__in=[about.partition(":")[2] for about in lately])
    yes = {reference(it) for it in asked.exclude(accepted_at=None)}
    return MAILED_ENOUGH if sum(it not in yes for it in lately) >= MAILED_A_DAY else None


def _has_public_name(person: Person) -> bool:
    return FacilitatorProfile.objects.filter(person=person).exclude(public_first_name="").exists()
