"""A yes to our holding that somebody comes to a group is taken back, and what rests on it ends."""

from __future__ import annotations

from django.db import transaction

from accounts.audit import record
from accounts.models import Person
from directory.actions.agreements import end_consent
from directory.actions.locks import lock_group, lock_person
from directory.actions.memberships import leave_group
from directory.actions.seats import give_back_all
from directory.models import Consent, Group, Membership, RoomWatch, Seat
from directory.refusals import refuse_if
from directory.rules.agreements import why_not_withdraw


@transaction.atomic
def withdraw_consent(*, consent: Consent, by: Person) -> None:
    """Take back one's yes to our holding that one comes to this group. Nobody is told.

    Coming places go to those who wait, a membership or request ends, a wish to hear of room is
    forgotten. Of single dates, past ones too, nothing is kept that says who came: the heads that
    were counted stay. Taken back twice, it is taken back once. Raises Refused.
    """
    person = lock_person(Person(pk=consent.person_id))
    group = lock_group(consent.group_id)
    refuse_if(why_not_withdraw(consent, by))
    if not Consent.objects.standing().filter(pk=consent.pk).exists():
        return
    standing = Membership.objects.open().of(person).filter(group=group).first()
    if standing:
        leave_group(membership=standing, by=by)
    RoomWatch.objects.filter(group=group, person=person).delete()
    end_consent(person, group)
    give_back_all(person=person, group=group)
    _forget_single_dates(person, group)
    record(by=by, action="consent.withdrawn", about=consent, organisation=group.organisation)


def _forget_single_dates(person: Person, group: Group) -> None:
    """Delete the rows that rest on no membership, whatever had become of them."""
    Seat.objects.of(person).filter(meeting__group=group, membership=None).delete()
