from __future__ import annotations

from django.core.cache import caches

from directory.models import ConfidentialityNote

# Most pages show a few of these and they hardly ever change: each process keeps them this long.
KEPT_SECONDS = 60
NOTES_KEY = "confidentiality-notes"


def all_notes() -> list[ConfidentialityNote]:
    """Every note in its order, each with the part of the article that it rests on."""
    return caches["process"].get_or_set(NOTES_KEY, _read_notes, KEPT_SECONDS) or []


def notes_for(where: str, group_format: str = "") -> list[ConfidentialityNote]:
    """The notes for one of `NotePlace`, and for one `Format` where the page is about a group."""
    return [
        note
        for note in all_notes()
        if where in note.shown_on and (not group_format or group_format in note.formats)
    ]


def forget_notes() -> None:
    """Called by the actions that change notes or articles."""
    caches["process"].delete(NOTES_KEY)


def _read_notes() -> list[ConfidentialityNote]:
    return list(ConfidentialityNote.objects.select_related("part__article"))
