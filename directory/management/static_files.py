"""Collects the static files when they have changed since they were collected last."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

# django-htmx brings htmx in five kinds; the pages use the one in vendor/.
NOT_USED = ["django_htmx/*", "htmx-*.js", "htmax-*.js"]


def collect_if_changed() -> None:
    """Collect, name by content and compress the static files, unless it is done already.

    It takes some seconds, since every file is compressed twice.
    """
    note = Path(settings.STATIC_ROOT) / "collected-from"
    now = _fingerprint()
    if note.exists() and note.read_text() == now:
        return
    call_command(
        "collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=NOT_USED
    )
    note.write_text(now)


def _fingerprint() -> str:
    """Return what changes with every change of a file, a name or a time."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(NOT_USED):
            state = Path(storage.path(name)).stat()
            digest.update(f"{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
