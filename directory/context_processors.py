from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from directory.queries.roles import roles_of
from directory.queries.site import crisis_lines_of, site_profile


def site(request: HttpRequest) -> dict[str, Any]:
    """What every page shows: the site's name, crisis lines, and where this person may go.

    A view that is about one country gives `crisis_lines` of its own. Everything is lazy, so that
    a page which shows none of it, such as an error page, asks the database for nothing.
    """
    return {
        "site": SimpleLazyObject(site_profile),
        "crisis_lines": SimpleLazyObject(lambda: crisis_lines_of(site_profile().country)),
        "roles": SimpleLazyObject(lambda: roles_of(request.user)),
    }
