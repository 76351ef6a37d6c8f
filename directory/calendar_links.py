"""The secret in the address of somebody's own calendar; the database holds its hash alone.

Whoever has the address reads the calendar, so it cannot be guessed and is shown once. The token
is as good as random, so a plain hash hides it: there is nothing to try out.
"""

from __future__ import annotations

import hashlib
import secrets

TOKEN_BYTES = 24  # 192 bits


def new_token() -> str:
    """Return what stands in the address: 32 letters, digits, dashes and low lines."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_of(token: str) -> str:
    """Return what is kept of a token, 64 hexadecimal digits."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
