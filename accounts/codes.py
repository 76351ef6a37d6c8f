"""A code mailed to an address, and what is to be done once it is typed in.

An address that has an account and one that has none are treated alike: the same code, the same
mail, the same work, and nobody looks the address up before the code proves whose it is.
"""

from __future__ import annotations

import re
import time
from dataclasses import asdict, dataclass, field
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from accounts.outbox import queue_text

SESSION_KEY = "pending_code"
PROVEN_KEY = "proven_address"
MAIL_KIND = "code"

SIGN_IN, SIGN_UP = "sign-in", "sign-up"
# An address is left only by a code to it, and taken only by a code to the new one.
LEAVE_ADDRESS, CHANGE_ADDRESS = "leave-address", "change-address"


@dataclass
class PendingCode:
    """What waits for its code. `fingerprint` stands for the code; `sent_at` is in seconds.

    `is_mailed` is False for those whom a trap for machines caught: they wait in vain.
    """

    purpose: str
    address: str
    details: dict[str, Any] = field(default_factory=dict)
    next_url: str = ""
    is_mailed: bool = True
    fingerprint: str = ""
    sent_at: float = 0
    failed: int = 0
    resent: int = 0

    @property
    def is_over(self) -> bool:
        """Whether the code has run out, or was guessed at too often."""
        age = time.time() - self.sent_at
        return (
            age > app_settings.LOGIN_BY_CODE_TIMEOUT
            or self.failed >= app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS
        )

    @property
    def can_be_resent(self) -> bool:
        """Whether another code may be asked for without starting again."""
        return self.resent < app_settings.LOGIN_BY_CODE_MAX_RESEND_COUNT


def begin(request: HttpRequest, pending: PendingCode) -> None:
    """Mail a code and remember, in the session, what it is for."""
    _mail_code(pending)
    _keep(request, pending)


def pending_code(request: HttpRequest) -> PendingCode | None:
    """Return what waits for a code in this browser; None once that is over."""
    kept = request.session.get(SESSION_KEY)
    if not kept:
        return None
    pending = PendingCode(**kept)
    return None if pending.is_over else pending


def send_again(request: HttpRequest, pending: PendingCode) -> None:
    """Mail a new code; the one before no longer works."""
    pending.resent += 1
    _mail_code(pending)
    _keep(request, pending)


def is_right(request: HttpRequest, pending: PendingCode, typed: str) -> bool:
    """Compare what was typed with the code; a wrong one is counted, a right one works once."""
    if constant_time_compare(_fingerprint(pending.address, typed), pending.fingerprint):
        forget(request)
        return True
    pending.failed += 1
    _keep(request, pending)
    return False


def forget(request: HttpRequest) -> None:
    """Nothing waits for a code in this browser any more."""
    request.session.pop(SESSION_KEY, None)


def keep_proven(request: HttpRequest, address: str) -> None:
    """Remember for some minutes that a code has proved this address, which has no account yet."""
    request.session[PROVEN_KEY] = [address, time.time()]


def proven_address(request: HttpRequest) -> str:
    """Return the address that a code has proved in this browser just now, if one has."""
    address, proven_at = request.session.get(PROVEN_KEY, ("", 0))
    return address if time.time() - proven_at < app_settings.LOGIN_BY_CODE_TIMEOUT else ""


def forget_proven(request: HttpRequest) -> None:
    """No address counts as proved in this browser any more."""
    request.session.pop(PROVEN_KEY, None)


def _keep(request: HttpRequest, pending: PendingCode) -> None:
    request.session[SESSION_KEY] = asdict(pending)


@transaction.atomic
def _mail_code(pending: PendingCode) -> None:
    code = get_adapter().generate_login_code()
    pending.fingerprint = _fingerprint(pending.address, code)
    pending.sent_at = time.time()
    text = render_to_string(
        "account/email/code.txt",
        {"code": code, "minutes": app_settings.LOGIN_BY_CODE_TIMEOUT // 60},
    )
    if pending.is_mailed:
        subject = _("Your sign-in code") if pending.purpose == SIGN_IN else _("Confirm your e-mail")
        queue_text(kind=MAIL_KIND, address=pending.address, subject=subject, text=text)


def _fingerprint(address: str, code: str) -> str:
    """Stand in for a code in the session; case, spaces and dashes do not count."""
    letters = re.sub(r"[\W_]+", "", code).upper()
    return salted_hmac("accounts.codes", f"{address} {letters}", algorithm="sha256").hexdigest()
