"""Whether a group can be asked, and who may answer."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from directory.models import Correction, Group, Question
from directory.models.asked import AskedQuerySet
from directory.queries.asked import is_somebody_there
from directory.refusals import Refusal
from directory.rules.memberships import facilitates
from directory.rules.moderating import moderates
from directory.text import find_secrets
from directory.text.secrets import Kind

# Nobody could answer more within a week; a flood of them ends here, whatever addresses it comes
# from. No single connection can send so many (`views.find.asking`).
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
    if _is_flooded(Question.objects.all(), group):
        return TOO_MANY
    if not text.strip():
        return EMPTY
    return None if address else NO_ADDRESS


def why_not_correct(group: Group) -> Refusal | None:
    """Whether a visitor may say that this group's page is wrong."""
    if not group.is_published:
        return NOT_PUBLIC
    return TOO_MANY if _is_flooded(Correction.objects.all(), group) else None


def _is_flooded(rows: AskedQuerySet, group: Group) -> bool:
    return rows.open().lately().filter(group=group).count() >= WAITING_AT_MOST


def why_nobody_answers(group: Group) -> Refusal | None:
    """Whether there is anybody who could answer for this group."""
    is_there = Group.everything.filter(is_somebody_there(), pk=group.pk).exists()
    return None if is_there else NOBODY


def may_answer(group: Group, person: Person) -> bool:
    """Whether this person runs the group or moderates its organisation."""
    return facilitates(person, group.pk) or moderates(group.organisation, person)


def why_not_answer(row: Question | Correction, person: Person, *, answer: str) -> Refusal | None:
    """Each is answered once; that a correction is dealt with needs no words."""
    if refusal := why_not_put_aside(row.group, person):
        return refusal
    if not row.is_open:
        return ANSWERED
    if row.is_question and not answer.strip():
        return NO_ANSWER
    return why_not_mail(answer)


def why_not_put_aside(group: Group, person: Person) -> Refusal | None:
    """Whoever may answer may also say that there is nothing to answer."""
    return None if may_answer(group, person) else NOT_YOURS


def why_not_mail(answer: str) -> Refusal | None:
    """A way into an online room is in no mail."""
    found = {secret.kind for secret in find_secrets(answer)}
    return ROOM if found & INTO_A_ROOM else None
