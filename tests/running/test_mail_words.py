"""What a mail tells, and what it must not tell whoever sees it on somebody's screen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db.models import F
from django.utils import timezone

from accounts.choices import MailPreference
from accounts.models import OutgoingMail, Person
from accounts.references import reference
from directory.actions.changes import begin, finish
from directory.choices import MembershipState, SeatState
from directory.emails import kinds, render
from directory.emails.cover import missing
from directory.models import (
    Consent,
    Correction,
    Cover,
    Group,
    Invitation,
    Meeting,
    Membership,
    Question,
    RoomWatch,
)
from directory.queries.reminders import about_reminder
from tests import factories

pytestmark = pytest.mark.django_db

START = datetime(2030, 6, 4, 18, 0, tzinfo=UTC)  # a Tuesday, 7 pm in London
PLANTED = ("grief", "bereavement", "ben", "harbour", "leeds", "planted", "passcode", "ola")
NEUTRAL = {
    "Change to Tuesday",
    "Reminder for Tuesday",
    "Changes to your dates",
    "Please answer by Monday",
    "You have an update",
    "Someone is waiting for your answer",
    "An invitation for you",
    "Somebody is needed on Tuesday",
}
TO_MEMBERS = (
    kinds.MEETING_CANCELLED,
    kinds.MEETING_MOVED,
    kinds.SCHEDULE_CHANGED,
    kinds.DATES_ADDED,
    kinds.REMINDER,
    kinds.SEAT_OFFERED,
    kinds.SEAT_WAITS,
    kinds.FORMAT_CHANGED,
    kinds.ROOM_AGAIN,
    kinds.REQUEST_ACCEPTED,
    kinds.REQUEST_DECLINED,
    kinds.MEMBERSHIP_PROMOTED,
    kinds.REMOVED,
)
ABOUT_COVER = (
    kinds.COVER_ASKED,
    kinds.COVER_OFFERED,
    kinds.COVER_ACCEPTED,
    kinds.COVER_NOT_NEEDED,
    kinds.COVER_MISSING,
)
TO_FACILITATORS = (
    kinds.REQUEST_RECEIVED,
    kinds.QUESTION_RECEIVED,
    kinds.CORRECTION_RECEIVED,
    *ABOUT_COVER,
)
ALL = (*TO_MEMBERS, *TO_FACILITATORS, kinds.INVITATION)
# What somebody asked for without an account; these hold the words of who answers.
ANSWERS = (kinds.QUESTION_ANSWERED, kinds.CORRECTION_ANSWERED)


@pytest.fixture
def group(organisation: Any) -> Group:
    topic = factories.make_topic(name="Bereavement")
    return factories.make_group(
        topics=[topic], organisation=organisation, name="Grief on Tuesdays", slug="grief"
    )


def owe(kind: str, group: Group, ben: Person) -> OutgoingMail:
    """A row as the actions leave it, of any kind."""
    about, person, version = ROWS[kind](group, ben)
    address = "" if person else "new@example.org"
    return OutgoingMail.objects.create(
        kind=kind, about=reference(about), person=person, address=address, version=version
    )


def changed(group: Group, ben: Person, **fields: Any) -> tuple[Meeting, Person, int]:
    reason = "Planted reason of Ben."
    return factories.make_meeting(group, START, version=2, reason=reason, **fields), ben, 2


def rearranged(group: Group, ben: Person) -> tuple[str, Person, int]:
    dates = [factories.make_meeting(group, START + timedelta(weeks=week)) for week in range(6)]
    words = "Planted reason of Ben."
    change = begin(group=group, by=ben, kind="rearranged", reason=words, meetings=dates)
    Meeting.everything.update(
        starts_at=F("starts_at") + timedelta(days=2), ends_at=F("ends_at") + timedelta(days=2)
    )
    return f"change:{finish(change).pk}", ben, 1


def added(group: Group, ben: Person) -> tuple[str, Person, int]:
    change = begin(group=group, by=ben, kind="added", meetings=[])
    dates = [factories.make_meeting(group, START + timedelta(weeks=week)) for week in range(6)]
    return f"change:{finish(change, made=dates).pk}", ben, 1


def offered(group: Group, ben: Person) -> tuple[Any, Person, int]:
    meeting, until = factories.make_meeting(group, START), START - timedelta(hours=20)
    seat = factories.make_seat(meeting, ben, SeatState.OFFERED, offer_expires_at=until)
    return seat, ben, 1


def waits_again(group: Group, ben: Person) -> tuple[Any, Person, int]:
    return factories.make_seat(factories.make_meeting(group, START), ben, "waiting"), ben, 1


def watched(group: Group, ben: Person) -> tuple[Any, Person, int]:
    consent = Consent.objects.standing().get(person=ben, group=group)
    return RoomWatch.objects.create(group=group, person=ben, consent=consent), ben, 1


def reminded(group: Group, ben: Person) -> tuple[str, Person, int]:
    meeting = factories.make_meeting(group, START)
    factories.make_seat(meeting, ben)
    return about_reminder(meeting, 24), ben, 1


def standing(state: str) -> Any:
    def row(group: Group, ben: Person) -> tuple[Membership, Person, int]:
        membership = Membership.objects.get(group=group, person=ben)
        membership.state, membership.answer = state, "Planted answer to Ben."
        membership.ended_at = None if state in Membership.OPEN else timezone.now()
        membership.save()
        return membership, ben, 1

    return row


def received(group: Group, ben: Person) -> tuple[Membership, Person, int]:
    fay = factories.make_person("Fay", mail_preference=ben.mail_preference)
    factories.make_facilitator(group, fay)
    ola = factories.make_person("Ola")
    asked = factories.make_membership(group, ola, MembershipState.ASKED, message="Planted.")
    return asked, fay, 1


def waits(kind: Any, **fields: Any) -> Any:
    def row(group: Group, ben: Person) -> tuple[Group, Person, int]:
        fay = factories.make_person("Fay", mail_preference=ben.mail_preference)
        factories.make_facilitator(group, fay)
        kind.objects.create(group=group, text="Planted words about grief.", **fields)
        return group, fay, 1

    return row


def stands_in(state: str, *, to: str, is_missing: bool = False) -> Any:
    """A date of Fay's, and how far it is that Gil stands in."""

    def row(group: Group, ben: Person) -> tuple[Meeting | str, Person, int]:
        meeting = factories.make_meeting(group, START)
        people = {}
        for name in ("fay", "gil"):
            person = factories.make_person(name.title(), mail_preference=ben.mail_preference)
            own = group if name == "fay" else factories.make_group(organisation=group.organisation)
            factories.make_facilitator(own, person)
            people[name] = person
        fields = {"state": state, "note": "Planted words about grief.", "answered_for": START}
        Cover.objects.create(
            meeting=meeting, person=people["gil"], asked_by=people["fay"], **fields
        )
        return missing(meeting) if is_missing else meeting, people[to], 1

    return row


def answered(kind: Any, **fields: Any) -> Any:
    def row(group: Group, ben: Person) -> tuple[Any, None, int]:
        words = {"text": "Planted words about grief.", "answer": "Planted answer to Ben."}
        asked = kind.objects.create(group=group, language=ben.language, **words, **fields)
        return asked, None, 1

    return row


def invited(group: Group, ben: Person) -> tuple[Invitation, None, int]:
    later = timezone.now() + timedelta(days=9)
    row = Invitation.objects.create(group=group, email="new@example.org", expires_at=later)
    return row, None, 1


ROWS: dict[str, Any] = {
    kinds.MEETING_CANCELLED: lambda group, ben: changed(group, ben, status="cancelled"),
    kinds.MEETING_MOVED: lambda group, ben: changed(
        group, ben, original_start=START - timedelta(hours=2)
    ),
    kinds.SCHEDULE_CHANGED: rearranged,
    kinds.DATES_ADDED: added,
    kinds.REMINDER: reminded,
    kinds.SEAT_OFFERED: offered,
    kinds.SEAT_WAITS: waits_again,
    kinds.FORMAT_CHANGED: lambda group, ben: (waits_again(group, ben)[0].meeting.group, ben, 1),
    kinds.ROOM_AGAIN: watched,
    kinds.REQUEST_ACCEPTED: standing(MembershipState.ACTIVE),
    kinds.REQUEST_DECLINED: standing(MembershipState.DECLINED),
    kinds.MEMBERSHIP_PROMOTED: standing(MembershipState.ACTIVE),
    kinds.REMOVED: standing(MembershipState.REMOVED),
    kinds.REQUEST_RECEIVED: received,
    kinds.INVITATION: invited,
    kinds.QUESTION_RECEIVED: waits(Question),
    kinds.CORRECTION_RECEIVED: waits(Correction, about="time"),
    kinds.COVER_ASKED: stands_in("asked", to="gil"),
    kinds.COVER_OFFERED: stands_in("offered", to="fay"),
    kinds.COVER_ACCEPTED: stands_in("accepted", to="gil"),
    kinds.COVER_NOT_NEEDED: stands_in("withdrawn", to="gil"),
    kinds.COVER_MISSING: stands_in("declined", to="fay", is_missing=True),
    kinds.QUESTION_ANSWERED: answered(Question, answered_at=timezone.now()),
    kinds.CORRECTION_ANSWERED: answered(Correction, about="time", settled_at=timezone.now()),
}


def sent(mail: OutgoingMail) -> EmailMultiAlternatives:
    message = render(mail)
    assert isinstance(message, EmailMultiAlternatives)
    return message


def html_of(message: EmailMultiAlternatives) -> str:
    return str(message.alternatives[0].content)


def words_in(text: str) -> list[str]:
    """The planted words in a text; its links may hold nothing but ids."""
    words = "".join(letter if letter.isalpha() else " " for letter in text.lower()).split()
    return [planted for planted in PLANTED if planted in words]


@pytest.mark.parametrize("kind", ALL)
def test_a_discreet_mail_tells_nothing_but_the_time(kind: str, group: Group, ben: Person) -> None:
    message = sent(owe(kind, group, ben))
    everything = " ".join([message.subject, message.from_email, message.body, html_of(message)])
    assert words_in(everything) == []


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("language", dict(settings.LANGUAGES))
def test_a_detailed_mail_tells_nothing_where_others_look(
    kind: str, language: str, group: Group, ben: Person
) -> None:
    ben.mail_preference, ben.language = MailPreference.DETAILED, language
    ben.save()
    message = sent(owe(kind, group, ben))
    seen_first = " ".join([message.subject, message.from_email, message.body[:140]])
    assert words_in(seen_first) == []
    assert ("Grief on Tuesdays" in message.body) == (kind != kinds.INVITATION)
    assert ("Grief on Tuesdays" in html_of(message)) == (kind != kinds.INVITATION)


@pytest.mark.parametrize("kind", ANSWERS)
@pytest.mark.parametrize("language", dict(settings.LANGUAGES))
def test_an_answer_stands_below_what_others_see(
    kind: str, language: str, group: Group, ben: Person
) -> None:
    ben.language = language
    message = sent(owe(kind, group, ben))
    assert words_in(" ".join([message.subject, message.from_email, message.body[:140]])) == []
    for part in (message.body, html_of(message)):
        assert "Grief on Tuesdays" in part
        assert "Planted answer to Ben." in part
        assert "Planted words" not in part


@pytest.mark.parametrize("kind", [*ALL, *ANSWERS])
def test_subjects_come_from_the_neutral_list(kind: str, group: Group, ben: Person) -> None:
    assert sent(owe(kind, group, ben)).subject in NEUTRAL


@pytest.mark.parametrize("kind", [*ALL, *ANSWERS])
def test_a_mail_has_one_recipient_and_no_picture(kind: str, group: Group, ben: Person) -> None:
    message = sent(owe(kind, group, ben))
    assert (len(message.to), message.cc, message.bcc, message.reply_to) == (1, [], [], [])
    assert "<img" not in html_of(message)
    assert "src=" not in html_of(message)
    assert "style" not in html_of(message)


@pytest.mark.parametrize("kind", [*ALL, *ANSWERS])
def test_text_and_html_lead_to_the_same_page(kind: str, group: Group, ben: Person) -> None:
    message = sent(owe(kind, group, ben))
    link = next(line for line in message.body.splitlines() if line.startswith("http"))
    assert f'href="{link}"' in html_of(message)
    assert link.startswith("http://localhost:8000/")


@pytest.mark.parametrize("kind", [*TO_MEMBERS, *TO_FACILITATORS])
def test_mail_can_be_stopped_in_one_press(kind: str, group: Group, ben: Person) -> None:
    headers = sent(owe(kind, group, ben)).extra_headers
    assert headers["List-Unsubscribe"].startswith("<http://localhost:8000/mail/stop/")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("language", ["es", "fr", "ar"])
def test_links_and_direction_follow_the_persons_language(
    language: str, group: Group, ben: Person
) -> None:
    ben.language = language
    ben.save()
    message = sent(owe(kinds.MEETING_CANCELLED, group, ben))
    assert f"http://localhost:8000/{language}/me/meetings/" in message.body
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in html_of(message)


@pytest.mark.parametrize("own", ["", "Europe/London", "Africa/Lagos", "Mars/Olympus"])
def test_a_clock_that_shows_the_same_or_is_unknown_adds_nothing(
    own: str, group: Group, ben: Person
) -> None:
    Person.objects.filter(pk=ben.pk).update(time_zone=own)
    ben.refresh_from_db()
    body = sent(owe(kinds.MEETING_CANCELLED, group, ben)).body
    assert "cancelled: Tuesday 4 June 2030, 7\u00a0pm to 8:30\u00a0pm, London time." in body


def test_the_groups_zone_is_named_and_the_persons_own_added(group: Group, ben: Person) -> None:
    ben.time_zone = "America/New_York"
    ben.save()
    body = sent(owe(kinds.MEETING_CANCELLED, group, ben)).body
    assert "Tuesday 4 June 2030, 7\u00a0pm to 8:30\u00a0pm, London time" in body
    assert "(Tuesday 4 June 2030, 2\u00a0pm to 3:30\u00a0pm, New York time)" in body


def test_a_moved_date_tells_both_times(group: Group, ben: Person) -> None:
    body = sent(owe(kinds.MEETING_MOVED, group, ben)).body
    assert "new time: Tuesday 4 June 2030, 7\u00a0pm to 8:30\u00a0pm, London time." in body
    assert "It was planned for Tuesday 4 June 2030, 5\u00a0pm, London time." in body


def test_many_changes_are_told_in_a_few_lines(group: Group, ben: Person) -> None:
    body = sent(owe(kinds.SCHEDULE_CHANGED, group, ben)).body
    assert body.count("- New time: ") == 4
    assert "- New time: Thursday 6 June 2030, 7\u00a0pm to 8:30\u00a0pm, London time" in body
    assert "\n  Before: Tuesday 4 June 2030, 7\u00a0pm, London time\n" in body
    assert "And 2 more dates." in body


def test_the_online_link_is_in_no_mail(ben: Person) -> None:
    online = factories.make_online_group()
    factories.make_membership(online, ben)
    for kind in ALL:
        everything = sent(owe(kind, online, ben)).message().as_string()
        assert "rooms.example.org" not in everything
        OutgoingMail.objects.all().delete()
        Meeting.everything.all().delete()


def test_mail_about_the_account_is_sent_as_it_is() -> None:
    mail = OutgoingMail(kind="code", address="a@example.org", subject="Your code", text="123456")
    message = render(mail)
    assert isinstance(message, EmailMessage)
    assert (message.subject, message.body, message.to) == ("Your code", "123456", ["a@example.org"])
    assert "List-Unsubscribe" not in message.extra_headers


def test_an_unknown_kind_is_not_dropped_in_silence(ben: Person) -> None:
    mail = OutgoingMail.objects.create(kind="of_next_year", about=f"x:{uuid4()}", person=ben)
    with pytest.raises(LookupError):
        render(mail)
