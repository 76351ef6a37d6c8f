"""Secrets in a text: found, and taken out."""

from directory.text.secrets.finding import find_secrets
from directory.text.secrets.hosts import is_a_room, leads_into_a_room
from directory.text.secrets.kinds import Kind, Secret
from directory.text.secrets.redaction import Redaction, redact

__all__ = [
    "Kind",
    "Redaction",
    "Secret",
    "find_secrets",
    "is_a_room",
    "leads_into_a_room",
    "redact",
]
