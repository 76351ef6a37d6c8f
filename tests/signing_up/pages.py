"""Reads a page as somebody sees it."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse


def page_of(client: Client, name: str, *args: object) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return response.content.decode()
