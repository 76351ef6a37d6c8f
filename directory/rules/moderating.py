from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from directory.models import Moderator, Organisation
from directory.refusals import Refusal


def moderates(organisation: Organisation, person: Person) -> bool:
    """Whether this person moderates the organisation now."""
    return Moderator.objects.current().filter(organisation=organisation, person=person).exists()


def runs_site(person: Person) -> bool:
    """Whether this person looks after the site: an administrator, or one who moderates for it."""
    if person.is_staff:
        return True
    return Moderator.objects.current().filter(person=person, organisation__runs_site=True).exists()


def why_not_moderate(organisation: Organisation, person: Person | None) -> Refusal | None:
    """Say why this person may not act for the organisation. None is the software itself."""
    if person is None or moderates(organisation, person):
        return None
    return Refusal(
        "not_yours", _("Other people look after this organisation. Nothing has been changed.")
    )


def why_not_run_site(person: Person | None) -> Refusal | None:
    """Say why this person may not change what the whole site shows. None is the software."""
    if person is None or runs_site(person):
        return None
    return Refusal("not_yours", _("Other people look after this site. Nothing has been changed."))


def why_not_add_moderator(
    organisation: Organisation, person: Person, by: Person | None
) -> Refusal | None:
    """Say why this person may not be made a moderator by that one: administrators do it."""
    if by is not None and not by.is_staff:
        return Refusal("not_yours", _("Only an administrator makes somebody a moderator."))
    if moderates(organisation, person):
        return Refusal("already", _("This person moderates this organisation already."))
    return None


def why_not_end_moderator(moderator: Moderator, by: Person | None) -> Refusal | None:
    """Say why that person may not end somebody's moderating: administrators do it."""
    if by is not None and not by.is_staff:
        return Refusal("not_yours", _("Only an administrator ends somebody's moderating."))
    if moderator.ended_at:
        return Refusal("ended", _("This person does not moderate this organisation any more."))
    return None
