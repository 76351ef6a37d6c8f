"""By what name facilitators know each other across groups: that which they chose for visitors.

Never that of the account: under it the same person may be a member of somebody's group.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import Person
from directory.models import Cover


def public_name(person: Person) -> str:
    """Return the first name that this person chose for others; empty where they chose none."""
    profile = getattr(person, "facilitator_profile", None)
    return profile.public_first_name.strip() if profile else ""


def name_of(person: Person, group: str) -> str:
    """Return that name, or else words that name a group that this person runs, and nobody."""
    return public_name(person) or _("A facilitator of %(group)s") % {"group": group}


def asker_of(cover: Cover) -> str:
    """Return who asks for cover, in words: a row of `asked_of`. Empty where they left."""
    if cover.asked_by is None:
        return ""
    if getattr(cover, "asker_runs_it", False):
        return name_of(cover.asked_by, cover.meeting.group.name)
    return public_name(cover.asked_by) or _("Somebody who looks after the group")
