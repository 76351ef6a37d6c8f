"""Mails about what visitors ask and correct. They never hold the address of anybody else."""

from __future__ import annotations

from typing import Any

from accounts.models import OutgoingMail, Person
from directory.emails import kinds
from directory.emails.letters import Letter, about, page
from directory.models import Correction, Group, Question
from directory.rules.asking import may_answer
from directory.rules.memberships import facilitates

ASKED_IN = {
    kinds.QUESTION_ANSWERED: Question.objects,
    kinds.CORRECTION_ANSWERED: Correction.objects,
}


def question_received(mail: OutgoingMail, person: Person) -> Letter | None:
    """Tell somebody who can answer that a question waits. It does not say what."""
    group = _group_of(mail, person)
    if group is None or not Question.objects.open().filter(group=group).exists():
        return None
    return Letter("question_received", _page_for(group, person), {"group": group})


def correction_received(mail: OutgoingMail, person: Person) -> Letter | None:
    """Tell somebody who can mend it that a page may be wrong."""
    group = _group_of(mail, person)
    if group is None or not Correction.objects.open().filter(group=group).exists():
        return None
    return Letter("correction_received", _page_for(group, person), {"group": group})


def question_answered(mail: OutgoingMail) -> Letter | None:
    """Send the answer to who asked, below what a locked screen shows."""
    answered = Question.objects.filter(pk=about(mail)).exclude(answered_at=None)
    question = answered.select_related("group").first()
    return None if question is None else _answer("question_answered", question)


def correction_answered(mail: OutgoingMail) -> Letter | None:
    """Tell who left an address what became of their correction."""
    settled = Correction.objects.filter(pk=about(mail)).exclude(settled_at=None)
    correction = settled.select_related("group").first()
    return None if correction is None else _answer("correction_answered", correction)


def language_of(mail: OutgoingMail) -> str:
    """Return the language in which the asker read the site; empty for any other mail."""
    rows: Any = ASKED_IN.get(mail.kind)
    if rows is None:
        return ""
    return rows.filter(pk=about(mail)).values_list("language", flat=True).first() or ""


def _group_of(mail: OutgoingMail, person: Person) -> Group | None:
    """Return the group that the mail is about, while this person may answer for it."""
    group = Group.everything.select_related("organisation").filter(pk=about(mail)).first()
    return group if group is not None and may_answer(group, person) else None


def _page_for(group: Group, person: Person) -> str:
    name = "facilitated_group" if facilitates(person, group.pk) else "moderated_group"
    return f"{page(name, group.pk)}#asked"


def _answer(template: str, row: Question | Correction) -> Letter:
    return Letter(template, page("home"), {"group": row.group, "answer": row.answer})
