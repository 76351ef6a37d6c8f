"""Who wants to hear when a full group has room again: asked once, told once."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.choices import MailState
from accounts.models import OutgoingMail, Person
from directory.actions.agreements import standing_consent
from directory.actions.grounds import end_consent_unless_needed
from directory.actions.locks import lock_group, lock_person
from directory.actions.telling import tell_again
from directory.emails import kinds
from directory.models import AgreementVersion, Group, Meeting, RoomWatch
from directory.queries.room_watches import has_free_place, has_room
from directory.recurrence import at_local, find_zone
from directory.refusals import refuse_if
from directory.rules.room_watches import why_not_watch, why_not_watch_on_these_terms

TOLD_KEPT = timedelta(days=30)
TOLD_AT = time(8)


@transaction.atomic
def ask_to_be_told(
    *, group: Group, by: Person, consented_version: AgreementVersion | None = None
) -> RoomWatch:
    """Ask to hear, once, when a full group has room again. It holds no place.

    That somebody asks says something about their health, so it rests on consent; one that stands
    need not be given again. Asked for twice, it is asked once. Raises Refused.
    """
    person = lock_person(by)
    locked = lock_group(group)
    refuse_if(
        why_not_watch(locked, person)
        or why_not_watch_on_these_terms(locked, person, consented_version)
    )
    consent = standing_consent(person, locked, consented_version)
    watch, is_new = RoomWatch.objects.get_or_create(
        group=locked, person=person, defaults={"consent": consent}
    )
    if not is_new and watch.told_at:
        watch.consent, watch.asked_at, watch.told_at = consent, timezone.now(), None
        watch.save(update_fields=("consent", "asked_at", "told_at"))
    record(by=person, action="room_watch.begun", about=watch, organisation=locked.organisation)
    return watch


@transaction.atomic
def stop_being_told(*, group: Group, by: Person) -> None:
    """Take the wish back, and with it the consent, if nothing else rests on it."""
    person = lock_person(by)
    locked = lock_group(group)
    if RoomWatch.objects.filter(group=locked, person=person).delete()[0]:
        end_consent_unless_needed(person, locked)
        record(by=person, action="room_watch.ended", about=locked)


def tell_of_room(group: Group) -> int:
    """Owe a mail to all who asked to hear of room in this group, where there is some now.

    Returns how many are told. Call it in the transaction in which room appeared.
    """
    return _tell(group) if has_room(group) else 0


def tell_of_free_place(meeting: Meeting) -> int:
    """The same for a date of which somebody who is new may take a place without joining."""
    waits_for_it = RoomWatch.objects.filter(group=meeting.group_id, told_at=None).exists()
    return _tell(meeting.group) if waits_for_it and has_free_place(meeting) else 0


def forget_told() -> int:
    """Delete the wishes that were answered a while ago, and consent that only they needed."""
    over = RoomWatch.objects.filter(told_at__lt=timezone.now() - TOLD_KEPT)
    return sum(_forget(watch) for watch in over.select_related("person", "group"))


def wish_again() -> int:
    """Let the wishes go on whose mail was not sent, since the room was gone by the morning."""
    mails = OutgoingMail.objects.filter(kind=kinds.ROOM_AGAIN)
    newest = mails.order_by("about", "-version").distinct("about").values_list("about", "state")
    dropped = [about for about, state in newest if state == MailState.DROPPED]
    keys = [UUID(about.partition(":")[2]) for about in dropped]
    unheard = RoomWatch.objects.filter(pk__in=keys, told_at__isnull=False)
    number: int = unheard.update(told_at=None)
    return number


@transaction.atomic
def _forget(watch: RoomWatch) -> int:
    person = lock_person(watch.person)
    # They may have asked again, or stopped, a moment ago.
    still_over = RoomWatch.objects.filter(pk=watch.pk, told_at=watch.told_at)
    number: int = still_over.delete()[0]
    if number:
        end_consent_unless_needed(person, watch.group)
    return number


def _tell(group: Group) -> int:
    # No group is needed for it: a wish that another change is telling right now is left to that.
    waiting = RoomWatch.objects.filter(group=group, told_at=None, consent__withdrawn_at=None)
    told = list(waiting.select_related("person").select_for_update(of=("self",), skip_locked=True))
    then = _next_morning(group)
    for watch in told:
        tell_again(kind=kinds.ROOM_AGAIN, about=watch, people=[watch.person], send_after=then)
    RoomWatch.objects.filter(pk__in=[watch.pk for watch in told]).update(told_at=timezone.now())
    return len(told)


def _next_morning(group: Group) -> datetime:
    """Return when a mail about room goes out, whatever the minute at which it appeared.

    Sent at once, it would tell whoever waits for it when somebody gave a place back.
    """
    zone = find_zone(group.time_zone)
    tomorrow = timezone.now().astimezone(zone).date() + timedelta(days=1)
    return at_local(datetime.combine(tomorrow, TOLD_AT), zone).astimezone(UTC)
