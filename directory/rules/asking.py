"""Whether a group can be asked, and who may answer."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from directory.models import Correction, Group, Question
from directory.queries.asked import is_somebody_there
from directory.refusals import Refusal
from directory.rules.memberships import facilitates
from directory.rules.moderating import moderates
from directory.text import find_secrets
from directory.text.secrets import Kind

# Nobody could answer more; a flood of them ends here, whatever addresses it comes from.
WAITING_AT_MOST = 40

NOT_PUBLIC = Refusal("not-public", _("This group cannot be asked at the moment."))
NOBODY = Refusal("nobody", _("Nobody is here at the moment who could answer for this group."))
TOO_MANY = Refusal(
    "too-many", _("Many people have written to this group. Please try again in a few days.")
)
EMPTY = Refusal("text", _("Please write your question."))
NO_ADDRESS = Refusal("address", _("Please type your e-mail address, so that the answer can come."))
NOT_YOURS = Refusal("not-yours", _("Only those who run this group can answer."))
ANSWERED = Refusal("answered", _("Somebody has answered this already."))
NO_ANSWER = Refusal("answer", _("Please write an answer."))
ROOM = Refusal(
    "room",
    _(
        "Please leave out the way into the online meeting. "
        "It is for people who signed up, and a mail can be passed on."
    ),
)
INTO_A_ROOM = {Kind.LINK, Kind.NUMBER, Kind.PASSCODE, Kind.DIAL_IN}


def why_not_ask(group: Group, *, text: str, address: str) -> Refusal | None:
    """Whether a visitor may ask this group something."""
    if not group.is_published:
        return NOT_PUBLIC
    if refusal := why_nobody_answers(group):
        return refusal
    if Question.objects.open().filter(group=group).count() >= WAITING_AT_MOST:
        return TOO_MANY
    if not text.strip():
        return EMPTY
    return None if address else NO_ADDRESS


def why_not_correct(group: Group) -> Refusal | None:
    """Whether a visitor may say that this group's page is wrong."""
    if not group.is_published:
        return NOT_PUBLIC
    waiting = Correction.objects.open().filter(group=group).count()
    return TOO_MANY if waiting >= WAITING_AT_MOST else None


def why_nobody_answers(group: Group) -> Refusal | None:
    """Whether there is anybody who could answer for this group."""
    is_there = Group.everything.filter(is_somebody_there(), pk=group.pk).exists()
    return None if is_there else NOBODY


def may_answer(group: Group, person: Person) -> bool:
    """Whether this person runs the group or moderates its organisation."""
    return facilitates(person, group.pk) or moderates(group.organisation, person)


def why_not_answer_question(question: Question, person: Person, *, answer: str) -> Refusal | None:
    """A question is answered once."""
    if not may_answer(question.group, person):
        return NOT_YOURS
    if question.answered_at:
        return ANSWERED
    return why_not_mail(answer) if answer.strip() else NO_ANSWER


def why_not_settle(correction: Correction, person: Person, *, answer: str) -> Refusal | None:
    """A correction is dealt with once, with an answer or without."""
    if not may_answer(correction.group, person):
        return NOT_YOURS
    if correction.settled_at:
        return ANSWERED
    return why_not_mail(answer)


def why_not_mail(answer: str) -> Refusal | None:
    """A way into an online room is in no mail."""
    found = {secret.kind for secret in find_secrets(answer)}
    return ROOM if found & INTO_A_ROOM else None
