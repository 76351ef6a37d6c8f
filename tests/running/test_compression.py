"""Visitors get small pages; a signed-in page's length tells nothing."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_visitors_get_compressed_pages() -> None:
    answer = Client().get("/safety/", headers={"accept-encoding": "gzip"})

    assert answer.headers["Content-Encoding"] == "gzip"


def test_people_who_are_signed_in_get_pages_as_they_are(as_ada: Client) -> None:
    answer = as_ada.get("/safety/", headers={"accept-encoding": "gzip"})

    assert "Content-Encoding" not in answer.headers
