"""Reads pages as a visitor would: the title, the words, the results."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from django.http import HttpResponse


def source(response: HttpResponse) -> str:
    return response.content.decode()


def plain(markup: str) -> str:
    """The words of a page, without tags."""
    markup = re.sub(r"<(script|style|svg|title)\b.*?</\1>", "", markup, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def words(response: HttpResponse) -> str:
    """The words between header and footer."""
    (main,) = re.findall(r"<main\b.*?</main>", source(response), re.S)
    return plain(main)


def title(response: HttpResponse) -> str:
    (found,) = re.findall(r"<title>(.*?)</title>", source(response), re.S)
    return html.unescape(" ".join(found.split()))


def announced(response: HttpResponse) -> str:
    """What is said aloud when results change."""
    (found,) = re.findall(r'<span id="results-count" role="status">(.*?)</span>', source(response))
    return found


def groups(response: HttpResponse) -> list[str]:
    return re.findall(r'data-group="([^"]*)"', source(response))


def meetings(response: HttpResponse) -> list[str]:
    return re.findall(r'data-meeting="([^"]*)"', source(response))


def json_ld(response: HttpResponse) -> dict[str, Any]:
    (found,) = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', source(response), re.S
    )
    return json.loads(found)
