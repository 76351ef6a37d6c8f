"""Whose mail a link is about, or 404."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from accounts.models import Person
from directory.mail_links import person_of


def load_recipient(token: str) -> Person:
    """Return the person to whom the mail with this link went."""
    return get_object_or_404(Person, pk=person_of(token), is_active=True)
