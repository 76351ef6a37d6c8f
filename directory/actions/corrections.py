"""A visitor says that a group's page is wrong; somebody who looks after it deals with that, once.

Nothing here changes what the page says, however many say the same.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import Person
from accounts.outbox import queue_to_address
from directory.actions.locks import lock_group
from directory.actions.telling import tell_again
from directory.emails import kinds
from directory.models import Correction, Group
from directory.queries.asked import facilitators_of, moderators_of
from directory.refusals import refuse_if
from directory.rules.asking import why_not_correct, why_not_settle

TOLD_A_DAY = 3
ADDRESS_KEPT = timedelta(days=90)
SETTLED_KEPT = timedelta(days=90)


@transaction.atomic
def report_wrong(
    *, group: Group, about: str, text: str = "", address: str = "", language: str = ""
) -> Correction:
    """Keep what a visitor says is wrong, and tell the facilitators and moderators.

    `about` is one of `WrongAbout`. Nobody is known to have told it, so there is no `by`. The same
    words sent twice are one correction. Raises Refused.
    """
    locked = lock_group(group)
    refuse_if(why_not_correct(locked))
    correction, is_new = Correction.objects.open().get_or_create(
        group=locked,
        about=about,
        text=text.strip(),
        address=address.strip().lower(),
        defaults={"language": language or "en"},
    )
    if is_new:
        tell_again(
            kind=kinds.CORRECTION_RECEIVED,
            about=locked,
            people=facilitators_of(locked) | moderators_of(locked),
            most_a_day=TOLD_A_DAY,
        )
    return correction


@transaction.atomic
def settle_correction(*, correction: Correction, by: Person, answer: str = "") -> Correction:
    """Note that somebody dealt with it; who left an address is told once. Raises Refused."""
    group = lock_group(correction.group_id)
    locked = Correction.objects.select_for_update(no_key=True).get(pk=correction.pk)
    locked.group = group
    refuse_if(why_not_settle(locked, by, answer=answer))
    if locked.address:
        queue_to_address(kind=kinds.CORRECTION_ANSWERED, about=locked, address=locked.address)
    locked.answer, locked.settled_at, locked.address = answer.strip(), timezone.now(), ""
    locked.save(update_fields=("answer", "settled_at", "address"))
    record(by=by, action="correction.settled", about=locked, organisation=group.organisation)
    return locked


def forget_corrections() -> int:
    """Empty addresses that nobody answered, delete what was dealt with; returns how many rows."""
    now = timezone.now()
    unanswered = Correction.objects.open().filter(told_at__lt=now - ADDRESS_KEPT)
    emptied = unanswered.exclude(address="").update(address="")
    deleted, _rows = Correction.objects.filter(settled_at__lt=now - SETTLED_KEPT).delete()
    return emptied + deleted
