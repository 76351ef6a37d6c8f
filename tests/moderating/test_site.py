from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, Person
from directory.actions.site import (
    add_crisis_line,
    remove_crisis_line,
    review_crisis_line,
    settle_missing_groups,
    update_crisis_line,
    update_site,
)
from directory.models import CrisisLine, MissingGroup, SiteProfile
from directory.refusals import Refused
from tests import factories
from tests.moderating.conftest import typed

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.localdate() - timedelta(days=181)


def test_the_name_stands_on_every_page(as_mo: Client, site_runner: Person) -> None:
    address = reverse("edit_site")
    as_mo.post(address, typed(as_mo.get(address), name="Harbour", contact_email="us@example.org"))
    home = Client().get(reverse("home")).content.decode()
    assert "– Harbour</title>" in home
    assert "mailto:us@example.org" in home
    assert AuditEntry.objects.get(action="site.changed").detail == {
        "fields": ["contact_email", "name"]
    }


@pytest.mark.parametrize("url", ["http://example.org", "javascript:alert(1)", "weather", ""])
def test_the_way_out_is_a_safe_address(url: str, as_mo: Client, site_runner: Person) -> None:
    address = reverse("edit_site")
    page = as_mo.post(address, typed(as_mo.get(address), exit_url=url)).content.decode()
    assert "There is a problem" in page
    assert not SiteProfile.objects.filter(exit_url=url).exists()


def test_a_line_is_added_changed_checked_and_removed(as_mo: Client, site_runner: Person) -> None:
    add = reverse("add_crisis_line")
    values = {"name": "Night line", "instructions": "Call at night.", "phone": "0800 1"}
    as_mo.post(add, typed(as_mo.get(add), **values))
    line = CrisisLine.objects.get()
    assert (line.country, line.reviewed_on) == ("GB", timezone.localdate())
    assert "Call at night." in Client().get(reverse("crisis_help")).content.decode()
    CrisisLine.objects.update(reviewed_on=LONG_AGO)
    as_mo.post(reverse("review_crisis_line", args=[line.pk]))
    edit = reverse("edit_crisis_line", args=[line.pk])
    as_mo.post(edit, typed(as_mo.get(edit), phone="0800 2"))
    line.refresh_from_db()
    assert (line.phone, line.reviewed_on) == ("0800 2", timezone.localdate())
    remove = reverse("remove_crisis_line", args=[line.pk])
    assert "No page will show it" in as_mo.get(remove).content.decode()
    as_mo.post(remove)
    assert not CrisisLine.objects.exists()


def test_a_line_has_a_way_to_reach_somebody(as_mo: Client, site_runner: Person) -> None:
    add = reverse("add_crisis_line")
    page = as_mo.post(add, typed(as_mo.get(add), name="Night line", instructions="Call."))
    assert "Write a number to call or to text" in page.content.decode()
    assert 'value="Night line"' in page.content.decode()


def test_changing_a_line_notes_that_it_was_checked(line: CrisisLine, site_runner: Person) -> None:
    CrisisLine.objects.update(reviewed_on=LONG_AGO)
    changed = update_crisis_line(line=line, by=site_runner, phone="116 123 4")
    assert changed.reviewed_on == timezone.localdate()


@pytest.mark.parametrize(("days", "warned"), [(180, False), (181, True)])
def test_lines_nobody_checked_are_shown_to_those_who_run_the_site(
    days: int, warned: bool, line: CrisisLine, as_mo: Client, site_runner: Person, as_pat: Client
) -> None:
    CrisisLine.objects.update(reviewed_on=timezone.localdate() - timedelta(days=days))
    warning = "Please check the crisis lines"
    for address in (reverse("moderated_groups"), reverse("edit_site")):
        assert (warning in as_mo.get(address).content.decode()) is warned
    assert ("Check this one" in as_mo.get(reverse("crisis_lines")).content.decode()) is warned
    assert warning not in as_pat.get(reverse("moderated_groups")).content.decode()


def test_an_administrator_without_groups_gets_the_warning_too(line: CrisisLine) -> None:
    CrisisLine.objects.update(reviewed_on=LONG_AGO)
    client = Client()
    client.force_login(factories.make_person(is_staff=True))
    page = client.get(reverse("moderated_groups")).content.decode()
    assert "Please check the crisis lines" in page


def test_what_people_looked_for_is_read_and_taken_off(as_mo: Client, site_runner: Person) -> None:
    wish = MissingGroup.objects.create(wanted="Migraine\n<b>bold</b>", where="York")
    other = MissingGroup.objects.create(wanted="Yoga")
    address = reverse("missing_groups")
    page = as_mo.get(address).content.decode()
    assert "Migraine<br>&lt;b&gt;bold" in page
    assert "Please tick at least one." in as_mo.post(address).content.decode()
    as_mo.post(address, {"rows": [wish.pk]})
    page = as_mo.get(address).content.decode()
    assert "Yoga" in page
    assert "Migraine" not in page
    as_mo.post(address, {"rows": [other.pk]})
    assert "Nothing on the list" in as_mo.get(address).content.decode()
    assert AuditEntry.objects.filter(action="missing_group.settled").count() == 2


def test_only_those_who_run_the_site_change_it(line: CrisisLine, mo: Person, ada: Person) -> None:
    wish = MissingGroup.objects.create(wanted="Migraine")
    for person in (mo, ada):
        for act in (
            lambda by: update_site(by=by, name="Mine"),
            lambda by: add_crisis_line(by=by, name="x", instructions="y"),
            lambda by: update_crisis_line(line=line, by=by, name="x"),
            lambda by: review_crisis_line(line=line, by=by),
            lambda by: remove_crisis_line(line=line, by=by),
            lambda by: settle_missing_groups(missing=[wish], by=by),
        ):
            with pytest.raises(Refused):
                act(person)
    assert not AuditEntry.objects.exists()


def test_pages_forget_the_old_name_when_the_change_is_done(
    site_runner: Person, settings: object, django_capture_on_commit_callbacks: object
) -> None:
    forgotten = []
    caches["process"].delete_many = forgotten.extend
    try:
        with django_capture_on_commit_callbacks(execute=True):
            update_site(by=site_runner, name="Harbour")
    finally:
        del caches["process"].delete_many
    assert sorted(forgotten) == ["crisis-lines", "site-profile"]
