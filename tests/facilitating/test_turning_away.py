"""A facilitator turns somebody away who takes single dates; somebody lets them come again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, OutgoingMail, Person
from directory.actions.seats import take_seat
from directory.actions.turning_away import let_come_again, turn_away
from directory.choices import AgreementKind, MembershipState, SeatState
from directory.emails.rendering import render
from directory.models import Consent, Cover, Group, Meeting, Membership, RoomWatch, Seat
from directory.refusals import Refused
from directory.rules.memberships import why_not_join
from directory.rules.room_watches import why_not_watch
from directory.rules.seats import why_not_take_seat
from tests import factories

pytestmark = pytest.mark.django_db
WORDS = "We think that another group may suit you better."


@pytest.fixture
def single(meeting: Meeting, ada: Person) -> Seat:
    """Ada comes to one date, and is not in the group."""
    return take_alone(meeting, ada)


def take_alone(meeting: Meeting, person: Person) -> Seat:
    return take_seat(
        meeting=meeting,
        by=person,
        accepted_version=factories.current_agreement(),
        consented_version=factories.current_agreement(AgreementKind.MEMBERSHIP),
    )


def send_away(seat: Seat, by: Person, reason: str = WORDS) -> Membership:
    group = Group.everything.get(pk=seat.meeting.group_id)
    return turn_away(group=group, person=seat.person, by=by, reason=reason)


def test_coming_places_go_to_who_waits_and_past_ones_stay(
    meeting: Meeting, single: Seat, fay: Person, ben: Person
) -> None:
    past = factories.make_meeting(meeting.group, timezone.now() - timedelta(days=7))
    before = factories.make_seat(
        past, single.person, acceptance=single.acceptance, consent=single.consent
    )
    later = factories.make_meeting(meeting.group, meeting.starts_at + timedelta(days=7), capacity=1)
    other = take_alone(later, single.person)
    waits = take_seat(meeting=later, by=ben)
    send_away(single, fay)
    for seat in (before, single, other, waits):
        seat.refresh_from_db()
    assert [before.state, single.state, other.state] == ["confirmed", "given-back", "given-back"]
    assert waits.state == SeatState.OFFERED


def test_nothing_is_held_of_them_but_that_they_cannot_come(
    meeting: Meeting, single: Seat, fay: Person
) -> None:
    RoomWatch.objects.create(group=meeting.group, person=single.person, consent=single.consent)
    standing = send_away(single, fay)
    assert (standing.state, standing.joined_at) == (MembershipState.REMOVED, None)
    assert not Consent.objects.standing().filter(person=single.person).exists()
    assert not RoomWatch.objects.exists()


def test_they_take_no_other_date_and_cannot_join(
    meeting: Meeting, single: Seat, fay: Person
) -> None:
    send_away(single, fay)
    other = factories.make_meeting(meeting.group, meeting.starts_at + timedelta(days=7))
    for date in (meeting, other):
        with pytest.raises(Refused) as caught:
            take_alone(date, single.person)
        assert caught.value.refusal.code == "removed"
    assert why_not_join(meeting.group, single.person).code == "removed"  # type: ignore[union-attr]
    assert why_not_watch(meeting.group, single.person).code == "removed"  # type: ignore[union-attr]


def test_the_mail_says_nothing_and_the_page_gives_the_reason(
    single: Seat, fay: Person, as_ada: Client
) -> None:
    standing = send_away(single, fay)
    mail = OutgoingMail.objects.get(kind="removed", person=single.person)
    message = render(mail)
    assert message is not None
    text = message.subject + str(message.body)
    assert WORDS not in text
    assert standing.group.name not in text
    page = as_ada.get(reverse("my_group", args=[standing.pk])).content.decode()
    assert WORDS in page
    assert standing.spoken_number in page
    assert standing.group.name in as_ada.get(reverse("my_meetings")).content.decode()


def test_nor_does_the_mail_of_who_asked_for_more_words(single: Seat, fay: Person) -> None:
    single.person.mail_preference = "detailed"
    single.person.save()
    standing = send_away(single, fay)
    message = render(OutgoingMail.objects.get(kind="removed"))
    assert message is not None
    assert standing.group.name in str(message.body)
    assert WORDS not in str(message.body)


def test_what_they_read_at_sign_up_is_kind_and_says_no_more(
    meeting: Meeting, single: Seat, fay: Person, as_ada: Client
) -> None:
    send_away(single, fay, reason="planted-reason")
    page = as_ada.get(reverse("come_to_meeting", args=[meeting.pk])).content.decode()
    assert "Other groups are glad to have you." in page
    assert "planted-reason" not in page
    assert fay.email not in page


def test_it_is_written_down_who_did_it(single: Seat, fay: Person) -> None:
    standing = send_away(single, fay)
    entry = AuditEntry.objects.get(action="membership.turned_away")
    assert (entry.about, str(fay.pk) in entry.actor) == (f"membership:{standing.pk}", True)
    assert WORDS not in str(entry.detail)


@pytest.mark.parametrize(
    ("who", "reason", "code"),
    [
        ("gil", WORDS, "not-facilitator"),
        ("mo", WORDS, "not-facilitator"),
        ("ben", WORDS, "not-facilitator"),
        ("fay", "  ", "answer"),
    ],
)
def test_only_with_a_reason_and_by_who_runs_the_group(
    request: pytest.FixtureRequest, single: Seat, fay: Person, who: str, reason: str, code: str
) -> None:
    with pytest.raises(Refused) as caught:
        send_away(single, request.getfixturevalue(who), reason)
    assert caught.value.refusal.code == code
    assert not Membership.objects.filter(person=single.person).exists()


def test_nobody_twice_and_no_member_and_nobody_who_runs_it(
    meeting: Meeting, single: Seat, fay: Person, ben: Person
) -> None:
    send_away(single, fay)
    for person, code in ((single.person, "turned-away"), (ben, "member"), (fay, "facilitator")):
        with pytest.raises(Refused) as caught:
            turn_away(group=meeting.group, person=person, by=fay, reason=WORDS)
        assert caught.value.refusal.code == code
    assert OutgoingMail.objects.filter(kind="removed").count() == 1


@pytest.mark.parametrize("who", ["fay", "mo"])
def test_who_runs_or_moderates_it_lets_them_come_again(
    request: pytest.FixtureRequest, meeting: Meeting, single: Seat, fay: Person, who: str
) -> None:
    standing = send_away(single, fay)
    lifted = let_come_again(membership=standing, by=request.getfixturevalue(who))
    assert (lifted.state, lifted.answer) == (MembershipState.LEFT, "")
    assert why_not_take_seat(meeting, single.person) is None
    assert take_alone(meeting, single.person).is_confirmed
    assert AuditEntry.objects.filter(action="membership.let_come_again").exists()


def test_a_mail_that_waited_is_not_sent_when_they_may_come_again(single: Seat, fay: Person) -> None:
    let_come_again(membership=send_away(single, fay), by=fay)
    assert render(OutgoingMail.objects.get(kind="removed")) is None


def test_nobody_else_lets_them_and_nobody_twice(single: Seat, fay: Person, gil: Person) -> None:
    standing = send_away(single, fay)
    with pytest.raises(Refused):
        let_come_again(membership=standing, by=gil)
    let_come_again(membership=standing, by=fay)
    with pytest.raises(Refused) as caught:
        let_come_again(membership=standing, by=fay)
    assert caught.value.refusal.code == "may-come"


def test_the_pages_lead_through_it(
    as_fay: Client, as_mo: Client, meeting: Meeting, single: Seat, ben: Person
) -> None:
    factories.make_seat(meeting, ben)
    address = reverse("turn_away", args=[single.pk])
    date_page = as_fay.get(reverse("facilitated_meeting", args=[meeting.pk])).content.decode()
    # Ben is in the group: the link stands beside Ada alone.
    assert date_page.count("/turn-away/") == 1
    assert address in date_page
    asked = as_fay.get(address + "?why=agreement").content.decode()
    assert "Turn Ada away?" in asked
    assert "everybody has to feel safe here" in asked
    done = as_fay.post(address, {"answer": WORDS}, follow=True).content.decode()
    assert "Done. They are told" in done
    assert address not in done
    listed = as_fay.get(reverse("turned_away", args=[meeting.group_id])).content.decode()
    assert "Ada" in listed
    standing = Membership.objects.get(person=single.person)
    again = reverse("let_come_again", args=[standing.pk])
    assert "Nobody is turned away." in as_mo.post(again, follow=True).content.decode()


def test_a_moderator_sees_numbers_and_no_names(
    as_mo: Client, meeting: Meeting, single: Seat, fay: Person
) -> None:
    standing = send_away(single, fay)
    address = reverse("turned_away", args=[meeting.group_id])
    page = as_mo.get(address).content.decode()
    assert standing.spoken_number in page
    assert "Ada" not in page
    assert WORDS not in page
    group_page = reverse("moderated_group", args=[meeting.group_id])
    assert address in as_mo.get(group_page).content.decode()


def test_without_words_nothing_is_done(as_fay: Client, single: Seat) -> None:
    page = as_fay.post(reverse("turn_away", args=[single.pk]), {"answer": " "}).content.decode()
    assert "There is a problem" in page
    assert not Membership.objects.filter(person=single.person).exists()


def test_who_is_turned_away_already_is_told_of(as_fay: Client, single: Seat, fay: Person) -> None:
    send_away(single, fay)
    answer = as_fay.get(reverse("turn_away", args=[single.pk]), follow=True)
    assert "has been turned away already" in answer.content.decode()


@pytest.mark.parametrize("name", ["turn_away", "turned_away", "let_come_again"])
def test_strangers_members_and_visitors(
    client: Client,
    as_gil: Client,
    as_ben: Client,
    as_ada: Client,
    single: Seat,
    fay: Person,
    name: str,
) -> None:
    key = {
        "turn_away": single.pk,
        "turned_away": single.meeting.group_id,
        "let_come_again": send_away(single, fay).pk,
    }[name]
    address = reverse(name, args=[key])
    ask = "post" if name == "let_come_again" else "get"
    assert getattr(as_gil, ask)(address).status_code == 404
    assert getattr(as_ada, ask)(address).status_code == 404
    assert getattr(as_ben, ask)(address).status_code == 403
    assert getattr(client, ask)(address).url.startswith("/accounts/login/")
    unknown = reverse(name, args=["00000000-0000-4000-8000-000000000000"])
    assert getattr(as_ben, ask)(unknown).status_code == 404


def test_wrong_methods(as_fay: Client, single: Seat, fay: Person) -> None:
    standing = send_away(single, fay)
    assert as_fay.put(reverse("turn_away", args=[single.pk])).status_code == 405
    assert as_fay.post(reverse("turned_away", args=[standing.group_id])).status_code == 405
    assert as_fay.get(reverse("let_come_again", args=[standing.pk])).status_code == 405


def test_who_stands_in_turns_nobody_away(
    single: Seat, meeting: Meeting, gil: Person, fay: Person, as_gil: Client
) -> None:
    beside = factories.make_group(organisation=meeting.group.organisation)
    factories.make_facilitator(beside, gil)
    Cover.objects.create(
        meeting=meeting,
        person=gil,
        asked_by=fay,
        state="accepted",
        answered_at=timezone.now(),
        answered_for=meeting.starts_at,
    )
    page = as_gil.get(reverse("facilitated_meeting", args=[meeting.pk]))
    assert (page.status_code, "/turn-away/" in page.content.decode()) == (200, False)
