"""The way out: one POST from anywhere signs out and leads to a neutral site."""

from __future__ import annotations

import logging

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.test import Client

from accounts.models import AuditEntry
from directory.models import SiteProfile
from directory.queries.site import forget_site

NEUTRAL = SiteProfile._meta.get_field("exit_url").default


def test_a_visitor_is_led_to_the_neutral_site(db):
    answer = Client().post("/exit/")
    assert (answer.status_code, answer["Location"]) == (303, NEUTRAL)


@pytest.fixture
def site(db):
    yield SiteProfile.objects.get_or_create(id=1)[0]
    forget_site()


def test_the_neutral_site_is_a_setting(site):
    SiteProfile.objects.update(exit_url="https://news.example.org/")
    forget_site()
    assert Client().post("/exit/")["Location"] == "https://news.example.org/"


def test_it_ends_the_session(as_ben):
    as_ben.post("/exit/")
    assert Session.objects.count() == 0
    assert as_ben.cookies[settings.SESSION_COOKIE_NAME].value == ""


def test_a_page_that_leaves_by_itself_is_led_nowhere(as_ben):
    answer = as_ben.post("/exit/?quietly")
    assert (answer.status_code, answer.content) == (204, b"")
    assert "Location" not in answer
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert Session.objects.count() == 0


def test_it_needs_no_token(ben):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ben)
    assert strict.post("/exit/").status_code == 303
    assert Session.objects.count() == 0


def test_the_browser_forgets_the_pages(as_ben):
    answer = as_ben.post("/exit/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert answer["Cache-Control"] == "no-store, private"


def test_a_visitor_gets_no_cookie(db):
    assert dict(Client().post("/exit/").cookies) == {}


@pytest.mark.parametrize("method", ["get", "head", "put", "delete"])
def test_only_post_does_it(as_ben, method):
    assert getattr(as_ben, method)("/exit/").status_code == 405
    assert Session.objects.count() == 1


def test_nothing_notes_it(as_ben, caplog):
    entries = AuditEntry.objects.count()
    with caplog.at_level(logging.DEBUG):
        as_ben.post("/exit/")
    assert AuditEntry.objects.count() == entries
    assert [record for record in caplog.records if "exit" in record.getMessage()] == []


def test_it_leads_out_where_the_database_is_away(monkeypatch):
    def away(request):
        raise OperationalError

    monkeypatch.setattr("directory.views.exit.logout", away)
    assert Client().post("/exit/")["Location"] == NEUTRAL


def test_the_button_comes_right_after_the_skip_link(db):
    page = Client().get("/style-guide/").content.decode()
    body = page.partition("<body>")[2]
    skip, exit_button, brand = (body.index(part) for part in ("skip-link", "data-exit", "brand"))
    assert skip < exit_button < brand


def test_a_browser_without_javascript_may_follow_the_redirect(db):
    policy = Client().get("/style-guide/")["Content-Security-Policy"]
    assert "form-action 'self' https://www.bbc.co.uk" in policy
