from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Person
from directory.choices import AgreementKind, Joining, MembershipState
from directory.models import AgreementVersion, Consent, Group, Meeting, Membership, Seat
from directory.queries.agreements import has_accepted_current, version_in_force
from directory.queries.memberships import membership_of
from directory.queries.seats import has_two_pools, is_open_to_all, room_of, seat_of
from directory.refusals import Refusal
from directory.rules.agreements import NO_AGREEMENT, why_not_accept, why_not_consent
from directory.rules.memberships import (
    JUST_COME,
    NOT_FACILITATOR,
    NOT_YOURS,
    facilitates,
    why_not_as_answered,
)

NOT_PUBLIC = Refusal("not-public", _("This group is not meeting at the moment."))
CANCELLED = Refusal("cancelled", _("This meeting is cancelled."))
BEGUN = Refusal("begun", _("This meeting has begun already."))
HAS_SEAT = Refusal("has-seat", _("You have asked for a place at this meeting already."))
NOT_A_MEMBER = Refusal("not-a-member", _("Places are for people in the group. Please join first."))
# The same for whoever was removed from the group: it tells nothing of what others said or did.
TURNED_AWAY = Refusal(
    "removed",
    _(
        "You cannot take a place in this group at the moment. "
        "The organisation that runs it can tell you more. Other groups are glad to have you."
    ),
)
NEW_AGREEMENT = Refusal(
    "new-agreement",
    _("What we agree with each other has changed. Please read it before you take a place."),
)
NO_SEAT = Refusal("no-seat", _("You have no place at this meeting."))
OFFER_OVER = Refusal(
    "offer-over",
    _(
        "The place was held for you until now. When a date moves nearer, that can be sooner than "
        "an e-mail said. You can ask for a place again."
    ),
)
NO_COMPANIONS = Refusal("no-companions", _("At this group everybody comes alone."))
NO_PLACE_FOR_COMPANION = Refusal(
    "no-place-for-companion",
    _("There is no place left for somebody who comes with you. You keep your own place."),
)
NOT_WAITING = Refusal("not-waiting", _("This person does not wait for a place any more."))
NO_REASON = Refusal("reason", _("Please say why this person goes first."))
NO_PLACES = Refusal("capacity", _("A meeting needs at least one place."))
AWAY_ORDER = Refusal("away", _("The last day away comes after the first."))
NOT_A_MEMBER_NOW = Refusal("not-in", _("You are not in this group any more."))


def why_not_take_seat(meeting: Meeting, person: Person) -> Refusal | None:
    """Whether `person` may ask for a place at this date; a full date is no reason: one waits.

    Who is not in the group may take a single date where the group has them; what they have to
    agree to is asked by `why_not_single_date`.
    """
    if refusal := why_not_at_all(meeting) or why_not_this_person(meeting, person):
        return refusal
    seat = seat_of(person, meeting)
    if seat is None or (seat.is_waiting and _has_free_place(seat, meeting)):
        return None if _may_come(meeting, person) else NEW_AGREEMENT
    return HAS_SEAT


def why_not_at_all(meeting: Meeting) -> Refusal | None:
    """Whether a date takes people at all."""
    if not meeting.group.is_published:
        return NOT_PUBLIC
    if meeting.is_cancelled:
        return CANCELLED
    return BEGUN if meeting.has_begun else None


def why_not_this_person(meeting: Meeting, person: Person) -> Refusal | None:
    """Whether places at this date are for this person."""
    return why_not_with(membership_of(person, meeting.group), meeting.group)


def why_not_with(standing: Membership | None, group: Group) -> Refusal | None:
    """The same, for somebody with this standing in the group."""
    if standing and standing.is_active:
        return None
    if standing and standing.state == MembershipState.REMOVED:
        return TURNED_AWAY
    if group.joining == Joining.JUST_COME:
        return JUST_COME
    return None if group.takes_single_dates else NOT_A_MEMBER


def why_not_single_date(
    group: Group,
    person: Person,
    *,
    accepted: AgreementVersion | None,
    consented: AgreementVersion | None,
    is_adult: bool,
) -> Refusal | None:
    """Whether somebody who is not in the group agreed to all that a place rests on.

    A yes that stands already is not asked for again.
    """
    if not all(version_in_force(kind) for kind in AgreementKind.values):
        return NO_AGREEMENT
    return (
        why_not_as_answered(group, is_adult=is_adult)
        or (None if has_accepted_current(person) else why_not_accept(accepted))
        or (None if consent_stands(person, group) else why_not_consent(consented))
    )


def consent_stands(person: Person, group: Group) -> bool:
    """Whether the person consented to our holding that they come to this group."""
    return Consent.objects.standing().filter(person=person, group=group).exists()


def why_not_companion(meeting: Meeting, *, is_online: bool) -> Refusal | None:
    """Whether somebody may come along: where the group has it so, and only to the room."""
    if is_online and has_two_pools(meeting):
        return NO_COMPANIONS
    return None if meeting.group.takes_companions else NO_COMPANIONS


def why_not_give_back_seat(meeting: Meeting, person: Person) -> Refusal | None:
    """A place can be given back until the meeting begins."""
    if not seat_of(person, meeting):
        return NO_SEAT
    return BEGUN if meeting.has_begun else None


def why_not_accept_offer(meeting: Meeting, person: Person) -> Refusal | None:
    """An offer can be taken while it stands."""
    seat = seat_of(person, meeting)
    if seat is None or not seat.is_offered:
        return OFFER_OVER
    return why_not_at_all(meeting) or (None if _may_come(meeting, person) else NEW_AGREEMENT)


def why_not_let_go_first(seat: Seat, person: Person, *, reason: str) -> Refusal | None:
    """Facilitators may change the order of those who wait, and say why."""
    if not facilitates(person, seat.meeting.group_id):
        return NOT_FACILITATOR
    if refusal := why_not_at_all(seat.meeting):
        return refusal
    if not seat.is_waiting:
        return NOT_WAITING
    return None if reason.strip() else NO_REASON


def why_not_these_places(
    meeting: Meeting, *, capacity: int | None, online_capacity: int | None
) -> Refusal | None:
    """Whether a date may have these numbers of places: no fewer than are taken, or held."""
    if 0 in {capacity, online_capacity}:
        return NO_PLACES
    group = meeting.group
    numbers = {False: group.meeting_capacity if capacity is None else capacity}
    if has_two_pools(meeting):
        numbers[True] = group.online_capacity if online_capacity is None else online_capacity
    for is_online, number in numbers.items():
        room = room_of(meeting, is_online=is_online)
        # A number that is too low already may stay while something else is changed.
        if number is not None and number < room.taken and number != room.capacity:
            return capacity_below(room.taken)
    return None


def capacity_below(taken: int) -> Refusal:
    """The sentence for a number of places that is below what is taken."""
    message = ngettext(
        "%(taken)d person has a place already. Choose this number or a higher one.",
        "%(taken)d people have a place already. Choose this number or a higher one.",
        taken,
    )
    return Refusal("capacity-below", message % {"taken": taken})


def why_not_set_away(membership: Membership, person: Person) -> Refusal | None:
    """Members say themselves when they are away."""
    if membership.person_id != person.pk:
        return NOT_YOURS
    return None if membership.is_active else NOT_A_MEMBER_NOW


def _may_come(meeting: Meeting, person: Person) -> bool:
    """Whether what the person agreed to is in force; who takes a single date is asked then."""
    is_member = Membership.objects.active().filter(person=person, group=meeting.group_id).exists()
    return not is_member or has_accepted_current(person)


def _has_free_place(seat: Seat, meeting: Meeting) -> bool:
    """Whether somebody who waits may take a place themselves: only shortly before the start."""
    if not is_open_to_all(meeting):
        return False
    room = room_of(meeting, is_online=seat.is_online)
    return room.fits(seat.places, is_first_timer=True)
