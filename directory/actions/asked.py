"""Visitors ask a group, or say that its page is wrong; somebody who looks after it answers, once.

Nobody is known to have written, so what they do has no `by`. Nothing here changes what the page
says, however many say the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.audit import record
from accounts.models import Person
from accounts.outbox import queue_to_address
from directory.actions.locks import lock_group
from directory.actions.telling import tell_again
from directory.emails import kinds
from directory.models import Correction, Group, Question
from directory.queries.asked import KINDS, facilitators_of, moderators_of
from directory.refusals import refuse_if
from directory.rules.asking import why_not_answer, why_not_ask, why_not_correct, why_not_put_aside

# The mail with the answer, and the line of the audit trail.
ANSWERED = {
    Question: (kinds.QUESTION_ANSWERED, "question.answered"),
    Correction: (kinds.CORRECTION_ANSWERED, "correction.settled"),
}
# However many write, nobody's mailbox fills up; all of it stands on the group's page.
TOLD_A_DAY = 3
ANSWERED_KEPT = timedelta(days=30)
SETTLED_KEPT = timedelta(days=90)
# A question without its address can no longer be answered; what is wrong may still be wrong.
OPEN_KEPT = timedelta(days=90)


@transaction.atomic
def ask_question(
    *, group: Group, text: str, address: str, name: str = "", language: str = ""
) -> Question:
    """Keep what a visitor asks, and tell who runs the group that something waits.

    The same question from the same address, sent twice, is one. Raises Refused.
    """
    locked = lock_group(group)
    text, address = text.strip(), address.strip().lower()
    refuse_if(why_not_ask(locked, text=text, address=address))
    question, is_new = Question.objects.open().get_or_create(
        group=locked,
        text=text,
        address=address,
        defaults={"name": name.strip(), "language": language or "en"},
    )
    if is_new:
        people = facilitators_of(locked)
        _tell(kinds.QUESTION_RECEIVED, locked, people if people.exists() else moderators_of(locked))
    return question


@transaction.atomic
def report_wrong(
    *, group: Group, about: str, text: str = "", address: str = "", language: str = ""
) -> Correction:
    """Keep what a visitor says is wrong, and tell the facilitators and moderators.

    `about` is one of `WrongAbout`. The same words sent twice are one correction. Raises Refused.
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
        _tell(kinds.CORRECTION_RECEIVED, locked, facilitators_of(locked) | moderators_of(locked))
    return correction


def _tell(kind: str, group: Group, people: QuerySet[Person]) -> None:
    tell_again(kind=kind, about=group, people=people, most_a_day=TOLD_A_DAY)


@transaction.atomic
def answer_asked(
    *, row: Question | Correction, by: Person, answer: str = ""
) -> Question | Correction:
    """Mail the answer to who left an address, and forget the address. Raises Refused."""
    group = lock_group(row.group_id)
    locked = type(row).objects.select_for_update(no_key=True).get(pk=row.pk)
    locked.group = group
    refuse_if(why_not_answer(locked, by, answer=answer))
    mail, audited = ANSWERED[type(row)]
    if locked.address:
        queue_to_address(kind=mail, about=locked, address=locked.address)
    locked.answer, locked.address = answer.strip(), ""
    setattr(locked, locked.CLOSED, timezone.now())
    locked.save(update_fields=("answer", "address", locked.CLOSED))
    record(by=by, action=audited, about=locked, organisation=group.organisation)
    return locked


@transaction.atomic
def put_aside(*, group: Group, by: Person, rows: Iterable[Question | Correction]) -> int:
    """Close several without an answer, as after a flood: nobody gets a mail about them.

    What somebody answered meanwhile stays as it is. Returns how many were put aside. Raises
    Refused.
    """
    locked = lock_group(group)
    refuse_if(why_not_put_aside(locked, by))
    keys = [row.pk for row in rows]
    number = 0
    for kind in KINDS:
        waiting = kind.objects.open().filter(group=locked, pk__in=keys)
        for row in waiting.without_address():
            action = f"{kind._meta.model_name}.put_aside"
            record(by=by, action=action, about=row, organisation=locked.organisation)
        number += waiting.update(**{kind.CLOSED: timezone.now(), "address": ""})
    return number


def forget_asked() -> int:
    """Delete what was dealt with a while ago, and what nobody answered; returns how many rows."""
    now = timezone.now()
    is_old = Q(answered_at__lt=now - ANSWERED_KEPT) | Q(
        answered_at=None, asked_at__lt=now - OPEN_KEPT
    )
    unanswered = Correction.objects.open().filter(told_at__lt=now - OPEN_KEPT)
    return (
        Question.objects.filter(is_old).delete()[0]
        + unanswered.exclude(address="").update(address="")
        + Correction.objects.filter(settled_at__lt=now - SETTLED_KEPT).delete()[0]
    )
