from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from directory.choices import AgreementKind
from directory.models import AgreementVersion, Consent
from directory.queries.agreements import version_in_force
from directory.refusals import Refusal

NO_AGREEMENT = Refusal(
    "no-agreement",
    _("Nobody can join a group here yet, because this site has no agreement to show you."),
)
NOT_ACCEPTED = Refusal(
    "agreement-missing", _("Please read what we agree with each other, and say that you agree.")
)
NOT_CONSENTED = Refusal(
    "consent-missing", _("Please say whether we may keep that you are in this group.")
)
CHANGED = Refusal(
    "agreement-changed",
    _("This text has changed since you opened the page. Please read the new one."),
)
NOT_YOURS_TO_TAKE_BACK = Refusal("not-yours", _("Only the person who said yes can take it back."))


def why_not_on_these_terms(
    accepted: AgreementVersion | None, consented: AgreementVersion | None
) -> Refusal | None:
    """Joining rests on two separate yeses, each to the wording in force; None where both hold."""
    return why_not_accept(accepted) or why_not_consent(consented)


def why_not_accept(accepted: AgreementVersion | None) -> Refusal | None:
    """The confidentiality agreement has to be accepted as it is worded now."""
    return _why_not(accepted, AgreementKind.CONFIDENTIALITY, NOT_ACCEPTED)


def why_not_consent(consented: AgreementVersion | None) -> Refusal | None:
    """Consent has to be given to the wording of now (GDPR, Article 9(2)(a): explicit)."""
    return _why_not(consented, AgreementKind.MEMBERSHIP, NOT_CONSENTED)


def why_not_withdraw(consent: Consent, person: Person) -> Refusal | None:
    """Consent can be taken back at any time, by whoever gave it (GDPR, Article 7(3))."""
    return None if consent.person_id == person.pk else NOT_YOURS_TO_TAKE_BACK


def _why_not(version: AgreementVersion | None, kind: str, missing: Refusal) -> Refusal | None:
    in_force = version_in_force(kind)
    if in_force is None:
        return NO_AGREEMENT
    if version is None or version.kind != kind:
        return missing
    return None if version == in_force else CHANGED
