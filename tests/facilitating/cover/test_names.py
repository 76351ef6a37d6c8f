"""Across groups facilitators have the name they chose for others, never that of their account."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine

from accounts.models import AuditEntry, OutgoingMail, Person
from directory.actions.cover import (
    accept_offer,
    ask_for_cover,
    decline_cover,
    give_cover_back,
    offer_cover,
)
from directory.actions.meetings import cancel_meeting
from directory.emails import render
from directory.models import FacilitatorProfile, Group, Meeting
from tests import factories
from tests.conftest import signed_in
from tests.facilitating.cover.steps import START, cover_of, page_of, post

pytestmark = pytest.mark.django_db

# Under these the same people may be members of other groups.
ACCOUNTS = ("Bluebird", "Kestrel", "Heron")


@pytest.fixture
def fay(group: Group) -> Person:
    """She runs the group, and visitors know her as Fay."""
    person = factories.make_person("Kestrel")
    factories.make_facilitator(group, person, first_name="Fay", role="lead")
    return person


@pytest.fixture
def gil(group: Group) -> Person:
    """He told others no name."""
    person = factories.make_person("Bluebird")
    own = factories.make_group(organisation=group.organisation, name="Carers in Leeds")
    factories.make_facilitator(own, person)
    return person


@pytest.fixture
def ivy(group: Group) -> Person:
    """Her group is a draft, and she told others no name."""
    person = factories.make_person("Heron")
    own = factories.make_group(organisation=group.organisation, status="draft", name="Secret plan")
    factories.make_facilitator(own, person)
    return person


def all_pages(*people: Person) -> str:
    """Return what these people read on all pages about cover."""
    meeting = Meeting.everything.get()
    pages = []
    for person in people:
        client = signed_in(person)
        for name, keys in (
            *[("cover", ()), ("tonight", ()), ("moderated_cover", ())],
            *[("ask_for_cover", (meeting.pk,)), ("facilitated_meeting", (meeting.pk,))],
            ("facilitated_group", (meeting.group_id,)),
        ):
            pages.append(page_of(client, name, *keys))
    return "".join(pages)


def leaked(page: str, *, but: str = "") -> list[str]:
    return [name for name in ACCOUNTS if name in page and name != but]


def test_no_page_shows_the_name_of_an_account_at_any_step(
    meeting: Meeting, fay: Person, gil: Person, ivy: Person, mo: Person
) -> None:
    everybody = (fay, gil, ivy, mo)
    read = all_pages(*everybody)
    ask_for_cover(meeting=meeting, by=fay, note="I have a cold.")
    read += all_pages(*everybody)
    offer_cover(cover=cover_of(gil), by=gil)
    decline_cover(cover=cover_of(ivy), by=ivy)
    read += all_pages(*everybody)
    accepted = post(signed_in(fay), "accept_cover", cover_of(gil).pk)
    assert "A facilitator of Carers in Leeds stands in, and knows it." in accepted
    read += accepted + all_pages(*everybody)
    with time_machine.travel(START - timedelta(hours=4), tick=False):
        cancel_meeting(meeting=meeting, by=gil, reason="The boiler broke.")
        changed = page_of(signed_in(fay), "facilitated_meeting", meeting.pk)
        assert "Changed by somebody else." in changed
        read += changed + all_pages(*everybody)
    for expected in ("Fay", "A facilitator of Carers in Leeds", "<bdi>Fay</bdi> asks."):
        assert expected in read
    assert leaked(read, but=SHOWN_IN_THE_GROUP) == []
    assert "Secret plan" not in all_pages(fay, mo)


# The group's own page names those who run it to each other; they know each other.
SHOWN_IN_THE_GROUP = "Kestrel"


def test_no_mail_and_no_line_of_the_audit_trail_does(
    meeting: Meeting, fay: Person, gil: Person, ivy: Person, mo: Person
) -> None:
    Person.objects.update(mail_preference="detailed")
    ask_for_cover(meeting=meeting, by=fay)
    told = mails()
    offer_cover(cover=cover_of(gil), by=gil)
    told += mails()
    accept_offer(cover=cover_of(gil), by=fay)
    told += mails()
    give_cover_back(cover=cover_of(gil), by=gil)
    told += mails()
    assert "Group: Grief on Tuesdays" in told
    assert leaked(told + str(list(AuditEntry.objects.values()))) == []


def mails() -> str:
    """Return the words of the mails that would go now."""
    letters = [render(mail) for mail in OutgoingMail.objects.all()]
    return "".join(f"{letter.subject} {letter.body}" for letter in letters if letter)


def choices(meeting: Meeting, person: Person) -> list[str]:
    page = page_of(signed_in(person), "ask_for_cover", meeting.pk)
    return [unescape(words).strip() for words in LABELS.findall(page)][1:]


LABELS = re.compile(r'<label[^>]*for="id_whom_[^>]*>(.*?)</label>', re.DOTALL)


def test_who_can_be_asked_by_first_name_comes_first_and_two_alike_are_numbered(
    meeting: Meeting, fay: Person, gil: Person, hal: Person, ivy: Person
) -> None:
    twin = factories.make_person("Heron")
    factories.make_facilitator(gil.facilitations.get().group, twin)
    assert choices(meeting, fay) == [
        "Hal (Living with pain)",
        "A facilitator without a group that visitors see",
        "A facilitator of Carers in Leeds (1)",
        "A facilitator of Carers in Leeds (2)",
    ]


def test_a_moderator_who_asks_is_nobody_by_name(meeting: Meeting, gil: Person, mo: Person) -> None:
    ask_for_cover(meeting=meeting, by=mo)
    page = page_of(signed_in(gil), "cover")
    assert "<bdi>Somebody who looks after the group</bdi> asks." in page


def test_a_facilitator_without_a_first_name_asks_for_the_group(
    meeting: Meeting, gil: Person, fay: Person
) -> None:
    FacilitatorProfile.objects.update(public_first_name="")
    ask_for_cover(meeting=meeting, by=fay)
    page = page_of(signed_in(gil), "cover")
    assert "<bdi>A facilitator of Grief on Tuesdays</bdi> asks." in page
