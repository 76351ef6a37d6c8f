"""An account begins, is found, and gets another address."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.adapter import NOTICE
from accounts.audit import record
from accounts.models import Person
from accounts.outbox import queue_text


def person_at(address: str) -> Person | None:
    """Return the person whose address this is. `address` is in lower case."""
    return Person.objects.filter(email=address).first()


def person_made(*, address: str, display_name: str, is_safe_to_email: bool) -> Person:
    """Make an account for an address that a code has proved; return the one that is there.

    Two tabs that finish at once end up with one account.
    """
    try:
        with transaction.atomic():
            person = Person.objects.create_user(
                address,
                display_name=display_name,
                is_safe_to_email=is_safe_to_email,
                language=get_language() or "en",
            )
            record(by=person, action="person.signed-up", about=person)
    except IntegrityError:
        return Person.objects.get(email=address)
    return person


def note_proven(person: Person) -> None:
    """Tell allauth that this person's address is theirs, and only this one.

    An administrator may have changed addresses; allauth's own list has to follow.
    """
    stale = Q(user=person) | Q(email=person.email)
    EmailAddress.objects.filter(stale).exclude(user=person, email=person.email).delete()
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )


@transaction.atomic
def change_address(*, by: Person, address: str) -> bool:
    """Give a person another address, proved by a code; False where it is somebody else's.

    The old address gets a notice, unless it is not safe to write there.
    """
    person = Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    if Person.objects.filter(email=address).exclude(pk=person.pk).exists():
        return False
    before, person.email = person.email, address
    person.save(update_fields=("email",))
    note_proven(person)
    record(by=person, action="person.changed-address", about=person)
    if person.is_safe_to_email and before != address:
        text = render_to_string("account/email/address_changed.txt")
        queue_text(kind=NOTICE, address=before, subject=_("You have an update"), text=text)
    return True
