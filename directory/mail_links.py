"""The signed part of the link that stops mail: a person's id, and no end.

Mail programs keep the link as long as the mail. Whoever holds it can stop mail and do nothing
else.
"""

from __future__ import annotations

from uuid import UUID

from django.core.signing import BadSignature, Signer


def stop_token(person_id: UUID) -> str:
    """Return what stands in the link."""
    return _signer().sign(person_id.hex)


def person_of(token: str) -> UUID | None:
    """Return the person's id; None where the token is not one of ours."""
    try:
        return UUID(_signer().unsign(token))
    except (BadSignature, ValueError):
        return None


def _signer() -> Signer:
    # Mail programs end a link at a colon now and then; a dot is safe.
    return Signer(sep=".", salt="waymeet.stop-mail")
