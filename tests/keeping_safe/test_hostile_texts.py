"""Texts of feeds made to keep a server busy: reading them takes a moment, whatever they hold."""

from __future__ import annotations

import time

import pytest

from directory.exchange.meeting_guide.fields import LONGEST_TEXT, text_of
from directory.text import plain_text
from directory.text.secrets import redact

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


WORDS_WITHOUT_AN_END = {
    "digits": "password " + "1" * LONGEST_TEXT,
    "groups of digits": "password " + "12345678-" * LONGEST_TEXT,
    "digits and dots": "1." * LONGEST_TEXT,
    "letters and digits": "a@" + "a1" * LONGEST_TEXT,
    "letters": "a" * LONGEST_TEXT,
    "labels": "pin 1" * LONGEST_TEXT,
    "spaces": "1 password 12345" + " " * LONGEST_TEXT + "x",
    "lines": "passcode: 1234\n" * LONGEST_TEXT,
}


def read_and_redact(text: str) -> None:
    """Read a field as a feed's reader does, and take out its secrets."""
    redact(text_of({"notes": text}, "notes"), online=True)


@pytest.mark.parametrize("text", WORDS_WITHOUT_AN_END.values(), ids=WORDS_WITHOUT_AN_END)
def test_secrets_are_found_in_a_moment(text: str) -> None:
    assert seconds_for(read_and_redact, text) < 2 * SECONDS


def test_what_is_said_without_spaces_stays() -> None:
    spoken = "毎週火曜日に集まります。" * 100
    assert text_of({"notes": spoken}, "notes") == spoken
