"""A visitor asks a group before they join; somebody who runs it answers, once."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.audit import record
from accounts.models import Person
from accounts.outbox import queue_to_address
from directory.actions.locks import lock_group
from directory.actions.telling import tell_again
from directory.emails import kinds
from directory.models import Group, Question
from directory.queries.asked import facilitators_of, moderators_of
from directory.refusals import refuse_if
from directory.rules.asking import why_not_answer_question, why_not_ask

# However many ask, nobody's mailbox fills up; all questions stand on the group's page.
TOLD_A_DAY = 3
ANSWERED_KEPT = timedelta(days=30)
OPEN_KEPT = timedelta(days=90)


@transaction.atomic
def ask_question(
    *, group: Group, text: str, address: str, name: str = "", language: str = ""
) -> Question:
    """Keep what a visitor asks, and tell who runs the group that something waits.

    Nobody is known to have asked, so there is no `by`. The same question from the same address,
    sent twice, is one. Raises Refused.
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
        tell_again(
            kind=kinds.QUESTION_RECEIVED,
            about=locked,
            people=people if people.exists() else moderators_of(locked),
            most_a_day=TOLD_A_DAY,
        )
    return question


@transaction.atomic
def answer_question(*, question: Question, by: Person, answer: str) -> Question:
    """Mail the answer to who asked, and forget their address. Raises Refused."""
    group = lock_group(question.group_id)
    locked = Question.objects.select_for_update(no_key=True).get(pk=question.pk)
    locked.group = group
    refuse_if(why_not_answer_question(locked, by, answer=answer))
    queue_to_address(kind=kinds.QUESTION_ANSWERED, about=locked, address=locked.address)
    locked.answer, locked.answered_at, locked.address = answer.strip(), timezone.now(), ""
    locked.save(update_fields=("answer", "answered_at", "address"))
    record(by=by, action="question.answered", about=locked, organisation=group.organisation)
    return locked


def forget_questions() -> int:
    """Delete what was answered a while ago, and what nobody answered; returns how many."""
    now = timezone.now()
    is_old = Q(answered_at__lt=now - ANSWERED_KEPT) | Q(
        answered_at=None, asked_at__lt=now - OPEN_KEPT
    )
    return Question.objects.filter(is_old).delete()[0]
