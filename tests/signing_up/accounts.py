"""What somebody does who signs in: types an address, reads the mail, types the code."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import OutgoingMail

CODE = re.compile(r"^[A-Z]{4}-[A-Z]{4}$", re.MULTILINE)


def newest_code(address: str) -> str:
    """The code in the newest mail to this address."""
    mail = OutgoingMail.objects.filter(address=address, kind="code").order_by("-created_at")[0]
    return CODE.findall(mail.text)[-1]


def ask_for_code(client: Client, address: str, **fields: Any) -> HttpResponse:
    return client.post(reverse("account_login"), {"login": address, **fields})


def sign_up(client: Client, address: str, **fields: Any) -> HttpResponse:
    """Ask for an account; the code still has to be typed in."""
    answers = {"display_name": "Heron 41", "is_safe_to_email": "yes", "email": address}
    return client.post(reverse("account_signup"), answers | fields)


def type_code(client: Client, code: str) -> HttpResponse:
    return client.post(reverse("account_confirm_login_code"), {"code": code})


def sign_in(client: Client, address: str, **fields: Any) -> HttpResponse:
    """Go all the way."""
    ask_for_code(client, address, **fields)
    return type_code(client, newest_code(address))


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session
