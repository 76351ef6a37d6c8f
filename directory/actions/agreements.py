from __future__ import annotations

from typing import cast

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import Person
from directory.actions.locks import lock_person
from directory.models import Acceptance, AgreementVersion, Consent, Group
from directory.refusals import refuse_if
from directory.rules.agreements import why_not_accept


@transaction.atomic
def accept_agreement(*, version: AgreementVersion | None, by: Person) -> Acceptance:
    """Accept the confidentiality agreement in force; again is the same as once. Raises Refused."""
    person = lock_person(by)
    refuse_if(why_not_accept(version))
    return keep_acceptance(person, cast("AgreementVersion", version))


def keep_acceptance(person: Person, version: AgreementVersion) -> Acceptance:
    """Write down that the person accepts this version now; the first time counts."""
    acceptance, is_new = Acceptance.objects.get_or_create(person=person, version=version)
    if is_new:
        record(by=person, action="agreement.accepted", about=acceptance, version=str(version))
    return acceptance


def keep_consent(person: Person, group: Group, version: AgreementVersion) -> Consent:
    """Write down explicit consent to holding the person's membership of this group."""
    standing = Consent.objects.standing().filter(person=person, group=group)
    standing.update(withdrawn_at=timezone.now())
    return Consent.objects.create(person=person, group=group, version=version)


def standing_consent(person: Person, group: Group, version: AgreementVersion | None) -> Consent:
    """Return the consent that stands, or else a new one to this version.

    A new one would end the other under all that rests on it.
    """
    standing = Consent.objects.standing().filter(person=person, group=group).first()
    return standing or keep_consent(person, group, cast("AgreementVersion", version))


def end_consent(person: Person, group: Group) -> None:
    """Note that consent to holding this membership stands no longer."""
    standing = Consent.objects.standing().filter(person=person, group=group)
    standing.update(withdrawn_at=timezone.now())
