"""The signed part of an invitation's link: the invitation's id, with an end, and no secret.

The mail makes it and the page reads it; whether the invitation still stands is asked of its row.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.core.signing import BadSignature, TimestampSigner

VALID_FOR = timedelta(days=14)
_SALT = "waymeet.invitation"


def invitation_token(invitation_id: UUID) -> str:
    """Return what stands in the link; it can be read for `VALID_FOR` from now."""
    return _signer().sign(invitation_id.hex)


def invitation_of(token: str) -> UUID | None:
    """Return the invitation's id; None where the token is too old, or not one of ours."""
    try:
        return UUID(_signer().unsign(token, max_age=VALID_FOR))
    except (BadSignature, ValueError):
        return None


def _signer() -> TimestampSigner:
    # Mail programs end a link at a colon now and then; a dot is safe.
    return TimestampSigner(sep=".", salt=_SALT)
