from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, OutgoingMail, Person
from directory.models import AgreementVersion, Group, Moderator, Organisation
from tests import factories
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db
SHOWN = {
    "accounts.auditentry",
    "accounts.outgoingmail",
    "accounts.person",
    "directory.agreementversion",
    "directory.article",
    "directory.confidentialitynote",
    "directory.group",
    "directory.moderator",
    "directory.organisation",
    "directory.topic",
}


@pytest.fixture
def root(db: None) -> Person:
    return factories.make_person("Root", email="root@example.org", is_staff=True, is_superuser=True)


@pytest.fixture
def as_root(root: Person) -> Client:
    return signed_in(root)


def listed(name: str) -> str:
    return reverse(f"admin:{name.replace('.', '_')}_changelist")


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_only_what_is_declared_is_there() -> None:
    assert {model._meta.label_lower for model in admin.site._registry} == SHOWN


def test_visitors_sign_in_where_everybody_does(client: Client) -> None:
    for address in (reverse("admin:index"), reverse("admin:login")):
        reached = client.get(address, follow=True).redirect_chain[-1][0]
        assert reached.startswith(reverse("account_login"))
    assert (
        client.post(reverse("admin:login"), {"username": "x", "password": "y"}).status_code == 302
    )


def test_signed_in_without_the_right_is_turned_away(as_mo: Client) -> None:
    assert as_mo.get(reverse("admin:index"), follow=True).status_code == 403


@pytest.mark.parametrize("name", sorted(SHOWN))
def test_no_list_no_row_and_no_search_shows_an_address_or_a_member(
    name: str, as_root: Client, ben: Person, fay: Person, mo: Person
) -> None:
    Person.objects.filter(pk=ben.pk).update(email="planted@example.org")
    OutgoingMail.objects.create(kind="code", about="planted-about", person=ben)
    OutgoingMail.objects.create(
        kind="code", about="x", address="planted@example.org", text="planted-text"
    )
    for asked in ("", "?q=plante", "?q=Ben"):
        shown = page(as_root, listed(name) + asked)
        assert "planted" not in shown
        assert ">Ben<" not in shown
        assert fay.email not in shown
        assert mo.email not in shown
    for row in admin.site.get_model_admin(OutgoingMail).model.objects.all():
        address = reverse("admin:accounts_outgoingmail_change", args=[row.pk])
        assert "planted" not in page(as_root, address)


def test_a_members_account_is_nobodys_to_open(as_root: Client, ben: Person, root: Person) -> None:
    own = reverse("admin:accounts_person_change", args=[root.pk])
    assert "Root" in page(as_root, own)
    theirs = reverse("admin:accounts_person_change", args=[ben.pk])
    assert as_root.get(theirs).status_code == 302


def test_the_trail_and_the_mail_are_only_read(as_root: Client) -> None:
    OutgoingMail.objects.create(kind="code", about="x", address="a@example.org")
    for model in (AuditEntry, OutgoingMail):
        name = model._meta.model_name
        if model is AuditEntry:
            AuditEntry.objects.create(actor="system", action="x", about="y")
        row = model.objects.first()
        assert as_root.get(reverse(f"admin:accounts_{name}_add")).status_code == 403
        change = reverse(f"admin:accounts_{name}_change", args=[row.pk])
        assert as_root.post(change, {"action": "z"}).status_code == 403
        delete = reverse(f"admin:accounts_{name}_delete", args=[row.pk])
        assert as_root.post(delete, {"post": "yes"}).status_code == 403


def test_a_published_agreement_never_changes_and_never_goes(as_root: Client) -> None:
    version = factories.make_agreement()
    change = reverse("admin:directory_agreementversion_change", args=[version.pk])
    assert as_root.get(change).status_code == 200
    assert as_root.post(change, {"title": "Other"}).status_code == 403
    delete = reverse("admin:directory_agreementversion_delete", args=[version.pk])
    assert as_root.post(delete, {"post": "yes"}).status_code == 403
    assert AgreementVersion.objects.get().title == version.title


def test_a_draft_of_an_agreement_is_changed_then_published_for_good(as_root: Client) -> None:
    draft = factories.make_agreement(published_at=None)
    change = reverse("admin:directory_agreementversion_change", args=[draft.pk])
    as_root.post(
        change, {"kind": draft.kind, "number": draft.number, "title": "Newer", "text": "Words"}
    )
    as_root.post(
        listed("directory.agreementversion"),
        {"action": "publish", "_selected_action": [draft.pk]},
    )
    draft.refresh_from_db()
    assert (draft.title, draft.published_at is not None) == ("Newer", True)
    assert list(AuditEntry.objects.values_list("action", flat=True)) == [
        "agreementversion.changed",
        "agreement.published",
    ]


def test_a_moderator_is_named_by_address_and_ended(
    as_root: Client, ada: Person, organisation: Organisation
) -> None:
    add = reverse("admin:directory_moderator_add")
    nobody = {"organisation": organisation.pk, "email": "nobody@example.org"}
    assert "Nobody signs in" in as_root.post(add, nobody).content.decode()
    as_root.post(add, {"organisation": organisation.pk, "email": ada.email.upper()})
    moderator = Moderator.objects.current().get(person=ada)
    again = as_root.post(add, {"organisation": organisation.pk, "email": ada.email})
    assert "moderates this organisation already" in again.content.decode()
    as_root.post(
        listed("directory.moderator"), {"action": "end", "_selected_action": [moderator.pk]}
    )
    assert not Moderator.objects.current().filter(person=ada).exists()
    assert set(AuditEntry.objects.values_list("action", flat=True)) >= {
        "moderator.added",
        "moderator.ended",
    }


def test_an_organisation_cannot_be_deleted_with_all_its_groups(
    as_root: Client, organisation: Organisation
) -> None:
    delete = reverse("admin:directory_organisation_delete", args=[organisation.pk])
    assert as_root.post(delete, {"post": "yes"}).status_code == 403
    assert timezone.now() > organisation.created_at


def test_every_declared_page_opens(as_root: Client, group: Group, mo: Person) -> None:
    for name in SHOWN:
        assert as_root.get(listed(name)).status_code == 200
    for name in ("topic", "article", "confidentialitynote", "agreementversion", "organisation"):
        assert as_root.get(reverse(f"admin:directory_{name}_add")).status_code == 200
    assert as_root.get(reverse("admin:directory_group_change", args=[group.pk])).status_code == 200


def test_mail_that_does_not_go_out_is_the_first_thing_they_see(as_root: Client) -> None:
    before = timezone.now() - timedelta(minutes=20)
    address = reverse("admin:index")
    assert "messagelist" not in page(as_root, address)
    states = [("failed", timezone.now(), None), ("waiting", None, None), ("waiting", None, before)]
    for number, (state, finished_at, send_after) in enumerate(states):
        OutgoingMail.objects.create(
            kind="code",
            about=f"x{number}",
            address="planted@example.org",
            state=state,
            created_at=before,
            finished_at=finished_at,
            send_after=send_after,
            last_error="550 (address) is not here",
        )
    first = page(as_root, address)
    assert "1 e-mail could not be sent." in first
    assert "2 e-mails should have gone out and are still waiting." in first
    failed = page(as_root, listed("accounts.outgoingmail") + "?state__exact=failed")
    assert "550 (address) is not here" in failed
    assert "planted@" not in first + failed


def test_mail_that_is_held_is_no_trouble(as_root: Client) -> None:
    now = timezone.now()
    OutgoingMail.objects.create(
        kind="code",
        about="x",
        address="a@example.org",
        created_at=now - timedelta(minutes=20),
        send_after=now + timedelta(minutes=1),
    )
    assert "messagelist" not in page(as_root, reverse("admin:index"))
