"""What whoever may not come in is told."""

from __future__ import annotations

from typing import NoReturn

from django.core.exceptions import PermissionDenied
from django.http import Http404


def keep_out(*, has_a_part: bool) -> NoReturn:
    """Raise PermissionDenied (403) for somebody who knows of it, else Http404.

    A stranger is told nothing, not even that there is something.
    """
    if has_a_part:
        raise PermissionDenied
    raise Http404
