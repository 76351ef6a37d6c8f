"""Text: made plain, made comparable, made safe, freed from secrets. Pure; no database."""

from directory.text.folding import fold, shadow
from directory.text.markdown import markdown
from directory.text.plain import plain_text
from directory.text.secrets import (
    Kind,
    Redaction,
    Secret,
    find_secrets,
    is_a_room,
    leads_into_a_room,
    redact,
)

__all__ = [
    "Kind",
    "Redaction",
    "Secret",
    "find_secrets",
    "fold",
    "is_a_room",
    "leads_into_a_room",
    "markdown",
    "plain_text",
    "redact",
    "shadow",
]
