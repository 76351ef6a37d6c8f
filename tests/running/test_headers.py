"""Every answer carries the headers, and a visitor no cookie."""

import contextlib
import time

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), browsing-topics=()",
}
STATIC = "/static/directory/waymeet.css"


PATHS = pytest.mark.parametrize("path", ["/healthz", "/safety/", "/no-such-page/", STATIC])


@pytest.fixture
def get(client, db):
    """Ask for a page or a file, and close the file."""

    def ask(path):
        with contextlib.closing(client.get(path)) as response:
            return response

    return ask


def policy(response):
    return sorted(response["Content-Security-Policy"].split("; "))


@PATHS
def test_every_answer_has_the_headers(get, path):
    response = get(path)
    assert {name: response[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize("path", ["/healthz", STATIC])
def test_what_is_no_page_has_the_policy(get, path):
    assert policy(get(path)) == sorted(POLICY.split("; "))


@pytest.mark.parametrize("path", ["/safety/", "/no-such-page/"])
def test_a_page_may_also_leave_for_the_neutral_site(get, path):
    leaving = POLICY.replace("form-action 'self'", "form-action 'self' https://www.bbc.co.uk")
    assert policy(get(path)) == sorted(leaving.split("; "))


@PATHS
def test_a_visitor_gets_no_cookie(get, path):
    assert get(path).cookies == {}


def test_a_static_file_may_be_kept(get):
    response = get(STATIC)
    assert "no-store" not in response["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in response


def test_what_a_signed_in_person_gets_is_not_kept_and_not_listed(as_ben):
    response = as_ben.get("/safety/")
    assert response["Cache-Control"] == "no-store, private"
    assert response["X-Robots-Tag"] == "noindex"


def test_what_a_visitor_gets_may_be_listed(get):
    assert "X-Robots-Tag" not in get("/safety/")


def test_a_session_that_is_used_stays(as_ben, settings):
    as_ben.get("/safety/")
    first = Session.objects.get().expire_date
    session = as_ben.session
    session["seen_at"] = int(time.time()) - 600
    session.save()
    Session.objects.update(expire_date=timezone.now() + timezone.timedelta(minutes=50))
    as_ben.get("/safety/")
    assert Session.objects.get().expire_date >= first


def test_a_session_is_not_written_at_each_request(as_ben, django_assert_num_queries):
    as_ben.get("/healthz")
    with django_assert_num_queries(2):
        as_ben.get("/healthz")


def test_an_idle_session_ends(as_ben):
    as_ben.get("/safety/")
    Session.objects.update(expire_date=timezone.now() - timezone.timedelta(seconds=1))
    assert "X-Robots-Tag" not in as_ben.get("/safety/")


def test_a_session_lasts_an_hour_at_most(as_ben):
    as_ben.get("/safety/")
    left = Session.objects.get().expire_date - timezone.now()
    assert timezone.timedelta(minutes=59) < left <= timezone.timedelta(minutes=60)
