from __future__ import annotations

from accounts.models import Person
from directory.choices import AgreementKind
from directory.models import Acceptance, AgreementVersion, Consent


def version_in_force(kind: str) -> AgreementVersion | None:
    """The newest published wording of this kind; None on a site that has none yet."""
    return AgreementVersion.objects.in_force(kind).first()


def current_acceptance(person: Person) -> Acceptance | None:
    """This person's acceptance of the confidentiality agreement in force, if there is one."""
    in_force = AgreementVersion.objects.in_force(AgreementKind.CONFIDENTIALITY)
    return (
        Acceptance.objects.select_related("version")
        .filter(person=person, version=in_force.values("id")[:1])
        .first()
    )


def has_accepted_current(person: Person) -> bool:
    """Whether the person accepted the confidentiality agreement in force; one question."""
    return current_acceptance(person) is not None


def consents_of(person: Person) -> list[Consent]:
    """Every yes of this person that stands, to our holding that they come to a group, by name."""
    standing = Consent.objects.standing().filter(person=person)
    return list(standing.select_related("group").order_by("group__name", "pk"))
