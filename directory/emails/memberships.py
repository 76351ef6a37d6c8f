"""Mails about somebody's standing in a group."""

from __future__ import annotations

from accounts.models import OutgoingMail, Person
from directory.choices import MembershipState
from directory.emails.letters import Letter, about, page
from directory.models import Membership
from directory.queries.roster import CONSENTED
from directory.rules.memberships import facilitates


def request_received(mail: OutgoingMail, person: Person) -> Letter | None:
    """Tell a facilitator that somebody waits for an answer. It does not say who."""
    membership = _in_state(mail, MembershipState.ASKED)
    if membership is None or not facilitates(person, membership.group_id):
        return None
    words = {"group": membership.group}
    return Letter("request_received", page("answer_request", membership.id), words)


def request_accepted(mail: OutgoingMail, person: Person) -> Letter | None:
    """Tell somebody who asked that the answer is yes, or yes once there is room."""
    membership = _own(mail, person, MembershipState.ACTIVE, MembershipState.WAITING)
    if membership is None:
        return None
    words = {
        "group": membership.group,
        "answer": membership.answer,
        "waits": membership.state == MembershipState.WAITING,
    }
    return Letter("request_accepted", page("my_group", membership.id), words)


def request_declined(mail: OutgoingMail, person: Person) -> Letter | None:
    """Tell somebody who asked that the answer is no, this time."""
    return _ended(mail, person, MembershipState.DECLINED, "request_declined")


def removed(mail: OutgoingMail, person: Person) -> Letter | None:
    """Tell somebody that the group has ended their membership."""
    return _ended(mail, person, MembershipState.REMOVED, "removed")


def membership_promoted(mail: OutgoingMail, person: Person) -> Letter | None:
    """Tell somebody on the waiting list that they are in."""
    membership = _own(mail, person, MembershipState.ACTIVE)
    if membership is None:
        return None
    words = {"group": membership.group}
    return Letter("membership_promoted", page("my_group", membership.id), words)


def _in_state(mail: OutgoingMail, *states: str) -> Membership | None:
    """Return the membership with a consent that stands, while it is in one of these states."""
    found = Membership.objects.filter(CONSENTED, id=about(mail), state__in=states)
    return found.select_related("group").first()


def _own(mail: OutgoingMail, person: Person, *states: str) -> Membership | None:
    membership = _in_state(mail, *states)
    return membership if membership and membership.person_id == person.pk else None


def _ended(mail: OutgoingMail, person: Person, state: str, template: str) -> Letter | None:
    """Answer somebody whose consent has ended with the membership."""
    found = Membership.objects.filter(id=about(mail), person=person, state=state)
    membership = found.select_related("group").first()
    if membership is None:
        return None
    words = {"group": membership.group, "answer": membership.answer}
    return Letter(template, page("my_meetings"), words)
