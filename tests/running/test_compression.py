"""Visitors get small pages; a signed-in page's length tells nothing."""

import gzip

import brotli
import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory

from config.compression import CompressForVisitors

PAGE = "<p>The hall has a ramp.</p>" * 100


def answered(accepted: str, response: HttpResponse | None = None) -> HttpResponse:
    request = RequestFactory().get("/", headers={"accept-encoding": accepted})
    response = HttpResponse(PAGE) if response is None else response
    return CompressForVisitors(lambda request: response)(request)


@pytest.mark.django_db
def test_visitors_get_compressed_pages() -> None:
    for accepted, expected in (("gzip, deflate, br", "br"), ("gzip", "gzip")):
        answer = Client().get("/safety/", headers={"accept-encoding": accepted})
        assert answer.headers["Content-Encoding"] == expected
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert int(answer.headers["Content-Length"]) == len(answer.content)


@pytest.mark.django_db
def test_people_who_are_signed_in_get_pages_as_they_are(as_ada: Client) -> None:
    answer = as_ada.get("/safety/", headers={"accept-encoding": "gzip, br"})

    assert "Content-Encoding" not in answer.headers


def test_it_is_the_same_page_again() -> None:
    assert brotli.decompress(answered("br").content).decode() == PAGE
    assert gzip.decompress(answered("gzip").content).decode() == PAGE


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.0,gzip;q=0.5", "gzip"),
        ("br;q=0.5, gzip", "br"),
        ("gzip;q=0", ""),
        ("identity", ""),
        ("", ""),
    ],
)
def test_nobody_gets_what_they_do_not_take(accepted: str, expected: str) -> None:
    assert answered(accepted).headers.get("Content-Encoding", "") == expected


def test_the_exact_length_is_hidden() -> None:
    assert len({len(answered("gzip").content) for _ in range(40)}) > 5


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse("short"),
        HttpResponse(PAGE, headers={"Content-Encoding": "identity"}),
        StreamingHttpResponse([PAGE]),
    ],
)
def test_some_answers_are_left_as_they_are(response: HttpResponse) -> None:
    before = response.headers.get("Content-Encoding")
    assert answered("gzip, br", response).headers.get("Content-Encoding") == before


def test_a_strong_mark_becomes_a_weak_one() -> None:
    assert answered("br", HttpResponse(PAGE, headers={"ETag": '"a"'})).headers["ETag"] == 'W/"a"'
    assert answered("br", HttpResponse(PAGE, headers={"ETag": 'W/"a"'})).headers["ETag"] == 'W/"a"'
