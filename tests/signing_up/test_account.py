"""An account by e-mail and a mailed code."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.adapter import AccountAdapter
from accounts.models import OutgoingMail, Person
from tests import factories
from tests.signing_up.accounts import (
    ask_for_code,
    is_signed_in,
    newest_code,
    sign_in,
    sign_up,
    type_code,
)

pytestmark = pytest.mark.django_db

NEW = "new@example.org"


def test_an_account_is_made_once_the_code_is_typed_in(client: Client) -> None:
    assert sign_up(client, "New@Example.org").url == reverse("account_confirm_login_code")
    assert Person.objects.count() == 0
    response = type_code(client, newest_code(NEW))
    person = Person.objects.get(email=NEW)
    assert (response.url, is_signed_in(client)) == (reverse("my_meetings"), True)
    assert (person.display_name, person.is_safe_to_email) == ("Heron 41", True)
    assert not person.has_usable_password()


def test_no_is_an_answer_to_whether_it_is_safe(client: Client) -> None:
    sign_up(client, NEW, is_safe_to_email="no")
    type_code(client, newest_code(NEW))
    assert not Person.objects.get(email=NEW).is_safe_to_email


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("display_name", "", "Please choose a name to go by."),
        ("display_name", "ada@example.org", "Please choose a name that is not an e-mail address."),
        ("email", "nonsense", "Please type an e-mail address such as name@example.org."),
        ("is_safe_to_email", "", "Please say whether it is safe to e-mail you."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(
    client: Client, field: str, value: str, sentence: str
) -> None:
    response = sign_up(client, NEW, **{field: value})
    page = response.content.decode()
    assert sentence in page
    assert "Heron 41" in page or field == "display_name"
    assert OutgoingMail.objects.count() == 0


def test_a_name_is_suggested(client: Client) -> None:
    first, second = (
        client.get(reverse("account_signup")).context["form"]["display_name"].value()
        for _number in range(2)
    )
    assert first.split()[1].isdigit()
    assert second


def test_signing_in_leads_back_to_where_one_was(client: Client) -> None:
    person = factories.make_person()
    assert sign_in(client, person.email, next="/me/settings/").url == "/me/settings/"
    assert is_signed_in(client)


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/"])
def test_but_not_to_another_site(client: Client, elsewhere: str) -> None:
    person = factories.make_person()
    assert sign_in(client, person.email, next=elsewhere).url == reverse("my_meetings")


def test_who_signs_in_without_an_account_is_asked_the_rest(client: Client) -> None:
    response = sign_in(client, NEW, next="/me/settings/")
    assert response.url == "/accounts/signup/?next=%2Fme%2Fsettings%2F"
    assert (Person.objects.count(), is_signed_in(client)) == (0, False)
    about_you = {"display_name": "Heron 41", "is_safe_to_email": "yes", "next": "/me/settings/"}
    assert client.post(reverse("account_signup"), about_you).url == "/me/settings/"
    assert (Person.objects.get().email, is_signed_in(client)) == (NEW, True)


def test_who_signs_up_again_is_signed_in_to_the_account_there_is(client: Client) -> None:
    person = factories.make_person("Ada")
    sign_up(client, person.email, display_name="Somebody Else")
    type_code(client, newest_code(person.email))
    person.refresh_from_db()
    assert (is_signed_in(client), person.display_name) == (True, "Ada")
    assert Person.objects.count() == 1


def test_a_code_works_once(client: Client) -> None:
    person = factories.make_person()
    ask_for_code(client, person.email)
    code = newest_code(person.email)
    type_code(client, code)
    client.logout()
    type_code(client, code)
    assert not is_signed_in(client)


def test_a_code_works_in_the_browser_that_asked(client: Client) -> None:
    person = factories.make_person()
    ask_for_code(client, person.email)
    other = Client()
    assert type_code(other, newest_code(person.email)).url == reverse("account_login")
    assert not is_signed_in(other)


def test_a_code_may_be_typed_as_one_likes(client: Client) -> None:
    person = factories.make_person()
    ask_for_code(client, person.email)
    type_code(client, f" {newest_code(person.email).replace('-', ' ').lower()} ")
    assert is_signed_in(client)


def test_a_code_runs_out(client: Client) -> None:
    person = factories.make_person()
    ask_for_code(client, person.email)
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert type_code(client, newest_code(person.email)).url == reverse("account_login")
    assert not is_signed_in(client)


def test_three_wrong_codes_and_one_starts_again(client: Client) -> None:
    person = factories.make_person()
    ask_for_code(client, person.email)
    assert type_code(client, "BBBB-BBBB").status_code == 200
    assert type_code(client, "BBBB-BBBB").status_code == 200
    assert type_code(client, "BBBB-BBBB").url == reverse("account_login")
    type_code(client, newest_code(person.email))
    assert not is_signed_in(client)


def test_a_new_code_replaces_the_one_before(client: Client) -> None:
    person = factories.make_person()
    ask_for_code(client, person.email)
    old = newest_code(person.email)
    client.post(reverse("account_confirm_login_code"), {"action": "resend"})
    type_code(client, old)
    assert not is_signed_in(client)
    type_code(client, newest_code(person.email))
    assert is_signed_in(client)


def test_the_code_is_not_kept_in_the_session(client: Client) -> None:
    person = factories.make_person()
    ask_for_code(client, person.email)
    kept = str(dict(client.session))
    assert newest_code(person.email) not in kept
    assert newest_code(person.email).replace("-", "") not in kept


def test_one_is_signed_in_until_the_browser_closes(client: Client) -> None:
    sign_in(client, factories.make_person().email)
    assert client.session.get_expire_at_browser_close()
    assert client.session.get_expiry_age() == 60 * 60


def test_or_for_two_weeks_when_one_ticks_it(client: Client) -> None:
    sign_in(client, factories.make_person().email, remember="on")
    assert not client.session.get_expire_at_browser_close()
    assert client.session.get_expiry_age() == 14 * 24 * 60 * 60


def test_signing_out_is_a_button_and_empties_the_browser(as_ada: Client) -> None:
    assert as_ada.get(reverse("account_logout")).status_code == 200
    assert is_signed_in(as_ada)
    response = as_ada.post(reverse("account_logout"))
    assert (response.url, is_signed_in(as_ada)) == (reverse("home"), False)
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_a_closed_account_lets_nobody_in(client: Client) -> None:
    person = factories.make_person(is_active=False)
    assert sign_in(client, person.email).url == reverse("account_inactive")
    assert client.get(reverse("account_inactive")).status_code == 200
    assert not is_signed_in(client)


def leave_address(client: Client, person: Person, new: str) -> HttpResponse:
    """Ask for another address, and prove the present one."""
    client.post(reverse("account_email"), {"email": new})
    return type_code(client, newest_code(person.email))


def test_who_cannot_read_the_present_address_does_not_change_it(
    as_ada: Client, ada: Person
) -> None:
    as_ada.post(reverse("account_email"), {"email": NEW})
    mails = OutgoingMail.objects.values_list("address", flat=True)
    assert list(mails) == [ada.email]


def test_the_address_changes_once_both_are_proved(as_ada: Client, ada: Person) -> None:
    old = ada.email
    leave_address(as_ada, ada, NEW)
    ada.refresh_from_db()
    assert ada.email == old
    assert type_code(as_ada, newest_code(NEW)).url == reverse("account_email")
    ada.refresh_from_db()
    assert ada.email == NEW
    notice = OutgoingMail.objects.exclude(kind="code").get(address=old)
    assert notice.subject == "You have an update"
    assert NEW not in notice.text


def test_an_address_that_an_administrator_changed_signs_in(client: Client, ada: Person) -> None:
    sign_in(client, ada.email)
    client.logout()
    Person.objects.filter(pk=ada.pk).update(email=NEW)
    sign_in(client, NEW)
    assert is_signed_in(client)


def test_no_notice_goes_where_it_is_not_safe(as_ada: Client, ada: Person) -> None:
    Person.objects.update(is_safe_to_email=False)
    leave_address(as_ada, ada, NEW)
    type_code(as_ada, newest_code(NEW))
    assert not OutgoingMail.objects.exclude(kind="code").exists()


def test_somebody_elses_address_is_not_taken(as_ada: Client, ada: Person, ben: Person) -> None:
    leave_address(as_ada, ada, ben.email)
    type_code(as_ada, newest_code(ben.email))
    ada.refresh_from_db()
    assert ada.email != ben.email


def test_where_one_is_signed_in_is_listed_and_the_others_can_be_ended(client: Client) -> None:
    person = factories.make_person()
    other = Client(headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Firefox/140.0"})
    for number, browser in enumerate((client, other)):
        with time_machine.travel(timezone.now() + timedelta(minutes=number)):
            sign_in(browser, person.email)
    page = client.get(reverse("usersessions_list")).content.decode()
    assert "Firefox, Windows" in page
    client.post(reverse("usersessions_list"))
    assert other.get(reverse("my_meetings")).status_code == 302
    assert "Firefox" not in client.get(reverse("usersessions_list")).content.decode()
    assert client.get(reverse("my_meetings")).status_code == 200


def test_mail_that_allauth_sends_is_owed_by_the_outbox_and_discreet(ada: Person) -> None:
    changed = {"ip": "203.0.113.7", "user_agent": "Firefox", "timestamp": timezone.now()}
    AccountAdapter().send_mail("account/email/password_changed", ada.email, changed)
    mail = OutgoingMail.objects.get()
    assert (mail.subject, mail.address) == ("You have an update", ada.email)
    assert mail.text.startswith("Something about an account of yours has changed.")
    assert "assword" not in mail.text[:140]


@pytest.mark.parametrize("name", ["account_login", "account_signup"])
def test_who_is_signed_in_is_led_on(as_ada: Client, name: str) -> None:
    assert as_ada.get(reverse(name)).url == reverse("my_meetings")


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("account_login", "GET, HEAD, POST"),
        ("account_signup", "GET, HEAD, POST"),
        ("account_confirm_login_code", "GET, HEAD, POST"),
        ("account_email", "GET, HEAD, POST"),
        ("account_logout", "GET, HEAD, POST"),
        ("account_inactive", "GET, HEAD"),
    ],
)
def test_other_methods_are_refused(as_ada: Client, name: str, allowed: str) -> None:
    response = as_ada.delete(reverse(name))
    assert (response.status_code, response.headers["Allow"]) == (405, allowed)
