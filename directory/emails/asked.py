"""Mails about what visitors ask and correct. They never hold the address of anybody else."""

from __future__ import annotations

from accounts.models import OutgoingMail, Person
from directory.emails import kinds
from directory.emails.letters import Letter, about, page
from directory.models import Correction, Group, Question
from directory.rules.asking import may_answer
from directory.rules.memberships import facilitates

Row = type[Question] | type[Correction]
# What waits when this mail goes out, and what was answered when that one does.
WAITING: dict[str, Row] = {
    kinds.QUESTION_RECEIVED: Question,
    kinds.CORRECTION_RECEIVED: Correction,
}
ANSWERED: dict[str, Row] = {
    kinds.QUESTION_ANSWERED: Question,
    kinds.CORRECTION_ANSWERED: Correction,
}


def received(mail: OutgoingMail, person: Person) -> Letter | None:
    """Tell somebody who can answer or mend it that something waits. It does not say what."""
    group = Group.everything.select_related("organisation").filter(pk=about(mail)).first()
    if group is None or not may_answer(group, person):
        return None
    if not WAITING[mail.kind].objects.open().filter(group=group).exists():
        return None
    name = "facilitated_group" if facilitates(person, group.pk) else "moderated_group"
    return Letter(mail.kind, f"{page(name, group.pk)}#asked", {"group": group})


def answered(mail: OutgoingMail) -> Letter | None:
    """Send the answer to who left an address, below what a locked screen shows."""
    rows = ANSWERED[mail.kind].objects.select_related("group")
    row = rows.filter(pk=about(mail)).first()
    if row is None or row.is_open:
        return None
    return Letter(mail.kind, page("home"), {"group": row.group, "answer": row.answer})


def language_of(mail: OutgoingMail) -> str:
    """Return the language in which the asker read the site; empty for any other mail."""
    if mail.kind not in ANSWERED:
        return ""
    rows = ANSWERED[mail.kind].objects.filter(pk=about(mail))
    return rows.values_list("language", flat=True).first() or ""
