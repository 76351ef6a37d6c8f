"""Whether a person may change a group's dates, and whether the group takes any."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from directory.choices import GroupStatus
from directory.models import Group
from directory.refusals import Refusal
from directory.rules.memberships import facilitates
from directory.rules.moderating import moderates


def why_not_run(group: Group, person: Person | None) -> Refusal | None:
    """Say why this person may not change a group's dates.

    Its facilitators may, and its organisation's moderators. None as the person is the software
    itself (imports, the generator).
    """
    if person is None or facilitates(person, group.id) or moderates(group.organisation, person):
        return None
    return Refusal("not-yours", _("This group is run by other people. Nothing has been changed."))


def why_not_plan(group: Group) -> Refusal | None:
    """Say why a group takes no new dates at all."""
    if group.status == GroupStatus.CLOSED:
        return Refusal("closed", _("This group is closed for good, so it takes no new dates."))
    return None
