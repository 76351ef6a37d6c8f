"""What visitors may know of a facilitator."""

from __future__ import annotations

from django.db import transaction

from accounts.audit import record
from accounts.models import Person
from directory.actions.finder import refresh_finder
from directory.actions.locks import lock_person
from directory.models import FacilitatorProfile, Group
from directory.refusals import refuse_if
from directory.rules.listings import why_not_list


@transaction.atomic
def update_listing(
    *, by: Person, public_first_name: str, about: str = "", is_listed: bool
) -> FacilitatorProfile:
    """Change one's own listing. Groups are found by the first names that are shown.

    Raises Refused.
    """
    person = lock_person(by)
    refuse_if(why_not_list(public_first_name=public_first_name, is_listed=is_listed))
    profile, _is_new = FacilitatorProfile.objects.update_or_create(
        person=person,
        defaults={
            "public_first_name": public_first_name.strip(),
            "about": about.strip(),
            "is_listed": is_listed,
        },
    )
    refresh_finder(Group.everything.facilitated_by(person))
    record(by=person, action="listing.changed", about=person, is_listed=is_listed)
    return profile
