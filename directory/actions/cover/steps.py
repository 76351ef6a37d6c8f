"""What the actions of cover are made of. Call these in a transaction that holds the date."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from accounts.audit import record
from accounts.models import AuditEntry, Person
from accounts.references import reference
from directory.actions.locks import lock_group, lock_meeting
from directory.actions.telling import tell_again
from directory.choices import CoverState
from directory.emails import kinds
from directory.emails.cover import TO_ASKER, missing
from directory.models import Cover, Meeting
from directory.queries.asked import facilitators_of, moderators_of
from directory.queries.cover import REQUESTED, SETTLED_BEFORE, may_cover

# Somebody who asks, takes back and asks again fills nobody's mailbox.
MAILS_A_DAY = 8
LOOKED = "cover.looked"
SAID_YES = {CoverState.OFFERED, CoverState.ACCEPTED}
ASKED_ANEW = (
    *("state", "asked_by", "asked_at", "by_name", "note"),
    *("answered_at", "answered_for", "settled_at"),
)


def lock_date(key: UUID) -> Meeting:
    """Lock group and date, in this order, and read both again."""
    group_key = Meeting.everything.values_list("group", flat=True).get(pk=key)
    group = lock_group(group_key)
    meeting = lock_meeting(key)
    meeting.group = group
    return meeting


def lock_cover(cover: Cover) -> Cover:
    """Lock the date, and read the answer again: the lock of the date holds all its answers."""
    meeting = lock_date(cover.meeting_id)
    locked = Cover.objects.select_related("person", "asked_by").get(pk=cover.pk)
    locked.meeting = meeting
    return locked


def ask_people(
    meeting: Meeting,
    people: QuerySet[Person],
    *,
    by: Person | None,
    note: str,
    by_name: bool = False,
) -> list[Cover]:
    """Write that these people are asked, one row each, and owe each a mail."""
    known = {row.person_id: row for row in Cover.objects.filter(meeting=meeting)}
    fresh: list[Cover] = []
    again: list[Cover] = []
    for person in people.exclude(pk=by.pk) if by else people:
        row = known.get(person.pk) or Cover(meeting=meeting, person=person)
        row.meeting, row.person = meeting, person
        if person.pk in known and _needs_no_asking(row, by_name=by_name):
            continue
        row.state, row.asked_by, row.asked_at = CoverState.ASKED, by, timezone.now()
        row.by_name, row.note = by_name, note
        row.answered_at = row.answered_for = row.settled_at = None
        (again if person.pk in known else fresh).append(row)
    Cover.objects.bulk_create(fresh)
    Cover.objects.bulk_update(again, ASKED_ANEW)
    asked = fresh + again
    tell_people(kinds.COVER_ASKED, meeting, [row.person for row in asked])
    return asked


def _needs_no_asking(row: Cover, *, by_name: bool) -> bool:
    """Whether somebody is asked already, or has answered; a no can be asked again by name."""
    if row.state == CoverState.ASKED:
        return row.by_name or not by_name
    return row.is_offered or (row.is_answered and not by_name)


def write_answer(cover: Cover, state: str) -> None:
    """Write a yes or no to the start as it is now."""
    cover.state = state
    cover.answered_at, cover.answered_for = timezone.now(), cover.meeting.starts_at
    cover.save(update_fields=("state", "answered_at", "answered_for"))


def let_stand_in(cover: Cover, *, by: Person | None) -> Cover:
    """Let one person stand in, and thank the others. `by` None: nobody was asked any more."""
    meeting = cover.meeting
    askers = askers_of(meeting)
    let_go(meeting, but=cover)
    cover.state, cover.settled_at = CoverState.ACCEPTED, timezone.now()
    cover.save(update_fields=("state", "settled_at"))
    # Whoever runs the group hears of it too: a moderator may have asked.
    hear_of_it = (cover.person, *askers, *facilitators_of(meeting.group))
    people = {person.pk: person for person in hear_of_it}
    if by:
        people.pop(by.pk, None)
    tell_people(kinds.COVER_ACCEPTED, meeting, people.values())
    write_audit(meeting, by, "cover.accepted", by_itself=by is None)
    return cover


def let_go(meeting: Meeting, but: Cover | None = None) -> None:
    """End all answers but one; whoever had said yes is thanked.

    A no stands while somebody else comes: that person is not asked again.
    """
    rows = Cover.objects.filter(meeting=meeting).select_related("person")
    states = (*Cover.OPEN, CoverState.ACCEPTED) if but else (*REQUESTED, CoverState.ACCEPTED)
    ended = [row for row in rows.filter(state__in=states) if not but or row.pk != but.pk]
    tell_people(
        kinds.COVER_NOT_NEEDED, meeting, [row.person for row in ended if row.state in SAID_YES]
    )
    for row in ended:
        row.state, row.settled_at = CoverState.WITHDRAWN, timezone.now()
    Cover.objects.bulk_update(ended, ("state", "settled_at"))


def askers_of(meeting: Meeting) -> list[Person]:
    """Return who asked and still runs or moderates the group, or else everybody who runs it."""
    rows = Cover.objects.filter(meeting=meeting, state__in=REQUESTED)
    facilitators, moderators = facilitators_of(meeting.group), moderators_of(meeting.group)
    asked = (facilitators | moderators).filter(pk__in=rows.values("asked_by"))
    return list(asked.distinct() or facilitators or moderators)


def tell_nobody_left(meeting: Meeting, but: Collection[Person] = ()) -> None:
    """Tell who asked that nobody stands in, and that nobody who can is left at the moment."""
    tell_again(
        kind=kinds.COVER_MISSING,
        about=missing(meeting, TO_ASKER),
        people=[person for person in askers_of(meeting) if person not in but],
        most_a_day=MAILS_A_DAY,
    )


def tell_people(kind: str, meeting: Meeting, people: Iterable[Person]) -> None:
    """Owe a mail about the date, not more than some a day."""
    tell_again(kind=kind, about=meeting, people=people, most_a_day=MAILS_A_DAY)


def write_audit(meeting: Meeting, by: Person | None, action: str, **detail: int | bool) -> None:
    """Write a line of the audit trail about the date."""
    organisation = meeting.group.organisation
    record(by=by, action=action, about=meeting, organisation=organisation, **detail)


def has_looked(cover: Cover) -> bool:
    """Tell whether who stands in has seen who comes, since they were taken at their word."""
    looks = AuditEntry.objects.filter(
        about=reference(cover.meeting), actor=reference(cover.person), action=LOOKED
    )
    return looks.filter(at__gte=cover.settled_at or cover.asked_at).exists()


def take_back(cover: Cover, *, by: Person | None, now: datetime) -> Cover:
    """Ask all others anew, and tell who asked; late, the moderators as well."""
    meeting = cover.meeting
    write_answer(cover, CoverState.DECLINED)
    asked = ask_people(meeting, may_cover(meeting.group), by=cover.asked_by, note=cover.note)
    seen = has_looked(cover)
    write_audit(meeting, by, "cover.given_back", asked=len(asked), had_seen=seen)
    is_late = meeting.starts_at - SETTLED_BEFORE <= now
    moderators = list(moderators_of(meeting.group)) if is_late else []
    if moderators:
        tell_again(
            kind=kinds.COVER_MISSING,
            about=missing(meeting),
            people=moderators,
            most_a_day=MAILS_A_DAY,
        )
    # Where nobody runs the group, the moderators are also who asked: once is enough.
    tell_nobody_left(meeting, but=moderators)
    return cover
