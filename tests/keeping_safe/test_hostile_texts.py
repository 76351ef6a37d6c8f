"""Texts of feeds made to keep a server busy: reading them takes a moment, whatever they hold."""

from __future__ import annotations

import time

import pytest

from directory.exchange.meeting_guide.fields import LONGEST_TEXT
from directory.text import plain_text

SECONDS = 2
ENDLESS = {
    "a link without an end": "<a " + "href" * LONGEST_TEXT,
    "a link of many addresses": "<a " + "href=x " * LONGEST_TEXT,
    "links in links": "<a href=x" * LONGEST_TEXT,
    "scripts in scripts": "<script" * LONGEST_TEXT,
    "comments in comments": "<!--" * LONGEST_TEXT,
    "entities": "&amp;" * LONGEST_TEXT,
}


def seconds_for(read: object, text: str) -> float:
    """Count the processor's time, since others may be at work on this machine."""
    started = time.process_time()
    read(text[:LONGEST_TEXT])  # type: ignore[operator]
    return time.process_time() - started


@pytest.mark.parametrize("text", ENDLESS.values(), ids=ENDLESS)
def test_html_is_taken_out_in_a_moment(text: str) -> None:
    assert seconds_for(plain_text, text) < SECONDS
