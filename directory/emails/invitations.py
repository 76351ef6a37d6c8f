"""The mail that asks somebody to facilitate a group."""

from __future__ import annotations

from accounts.models import OutgoingMail
from directory.emails.letters import Letter, about, page
from directory.invitation_links import VALID_FOR, invitation_token
from directory.models import Invitation


def invitation(mail: OutgoingMail) -> Letter | None:
    """Ask the holder of an address, while the invitation is open and is still meant for it."""
    found = Invitation.objects.open().filter(id=about(mail), email=mail.address).first()
    if found is None:
        return None
    url = page("accept_invitation", invitation_token(found.id))
    return Letter("invitation", url, {"days": VALID_FOR.days})
