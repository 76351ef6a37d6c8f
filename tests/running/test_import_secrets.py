"""Join links, numbers, passcodes and contacts are found in many spellings; ordinary text stays."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.text import Kind, find_secrets, is_a_room, leads_into_a_room, redact
from tests.running.planted import ORDINARY, PLANTED


@pytest.mark.parametrize(("text", "secrets"), PLANTED)
def test_nothing_of_a_planted_secret_is_left(text, secrets):
    left = redact(text).text
    assert [secret for secret in secrets if secret in left] == []


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_text_stays_as_it_is(text):
    assert redact(text).text == text


@pytest.mark.parametrize(("text", "_secrets"), PLANTED)
def test_redacting_twice_is_redacting_once(text, _secrets):
    once = redact(f"We begin with tea. {text}. All are welcome.").text
    assert redact(once).text == once


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Now online. Zoom: https://zoom.us/j/8123456789 Phone: 1-555-555-0100", "Now online."),
        ("Zoom ID: 812 3456 7890\nPasscode: 123456\n\nStep-free entrance", "Step-free entrance"),
        ("Please ring Jean on 07700 900123 before you come", "Please ring (kept private) before"),
        ("Email ann@example.org for details. Tea at 7.", "Tea at 7."),
        (
            "Tell a friend, join at https://zoom.us/j/8123456789.",
            "Tell a friend, join at (given after sign-up).",
        ),
        ("Use the back gate, code 4512, and come up", "Use the back gate"),
        ("Video every day at noon. Contact Ann D 555-555-0100 for the password", "Video every day"),
    ],
)
def test_what_is_left_reads_well(text, left):
    assert redact(text).text.startswith(left)
    assert not redact(text).text.endswith((":", ",", "-"))


def test_what_was_found_is_told_by_kind():
    found = redact(
        "https://zoom.us/j/8123456789 ID 812 345 6789 passcode esperança, dial 020 7946 0958;"
        " door code 4512, ann@example.org"
    )
    assert found.values(Kind.LINK) == ["https://zoom.us/j/8123456789"]
    assert found.values(Kind.NUMBER) == ["812 345 6789"]
    assert found.values(Kind.PASSCODE) == ["esperança"]
    assert found.values(Kind.DIAL_IN) == ["020 7946 0958"]
    assert found.values(Kind.DOOR) == ["4512"]
    assert found.values(Kind.EMAIL) == ["ann@example.org"]


def test_a_secret_known_from_elsewhere_is_hidden_in_any_grouping():
    assert redact("Use 81 234 567 89 on Monday", known=["8123456789"]).text == "on Monday"


def test_people_alone_can_be_taken_out():
    text = "ID 812 3456 7890, ask Ann 07700 900123"
    left = redact(text, people_only=True).text
    assert "812 3456 7890" in left
    assert "900123" not in left


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        ("https://example.org/our-group", False),
        ("https://example.org/meetings/tuesday-steps", False),
        ("https://example.org/?meeting=tuesday", False),
        ("https://example.org/meeting-detail?Id=1234", False),
        ("https://zoom.us", False),
        ("https://zoom.us/j/8123456789", True),
        ("https://meet.example.org/circle", True),
        ("https://example.org/go?pwd=hope", True),
    ],
)
def test_the_page_of_a_listing_is_no_room_unless_it_is(address, is_one):
    assert is_a_room(address) is is_one


def test_in_a_text_a_path_that_speaks_of_rooms_is_enough():
    assert leads_into_a_room("https://example.org/meetings/tuesday-steps")
    assert not leads_into_a_room("https://example.org/our-group")


# --- drawn ---------------------------------------------------------------------------

LABELS = ["Passcode", "password", "PW", "pass code", "Contraseña", "mot de passe", "Access code"]
SEPARATORS = [": ", " ", " = ", ":\n", " is ", " - ", ": “", "→ "]
numbers = st.integers(10**8, 10**11 - 1).map(str)
invisible = st.sampled_from(["", "\u200b", "\u00ad", "\u2060"])
before = st.sampled_from(["Bring tea. ", "We meet upstairs,\n", "Room 204; ", "", "Zoom: "])
after = st.sampled_from(
    [" See you there.", "\nWheelchair access", "", ". Open meeting at 7:30 pm."]
)


def grouped(digits, gap, sizes):
    parts, at = [], 0
    for size in [*sizes, 20]:
        parts.append(digits[at : at + size])
        at += size
    return gap.join(part for part in parts if part)


@settings(max_examples=150, deadline=None)
@given(
    label=st.sampled_from(LABELS),
    separator=st.sampled_from(SEPARATORS),
    code=st.from_regex(r"[a-z]{2,4}[0-9]{2,5}[A-Z]{1,3}", fullmatch=True),
    start=before,
    end=after,
    hidden=invisible,
)
def test_no_drawn_passcode_stays(label, separator, code, start, end, hidden):
    written = code[:3] + hidden + code[3:]
    assert code not in redact(f"{start}{label}{separator}{written}{end}").text.replace(hidden, "")


@settings(max_examples=150, deadline=None)
@given(
    digits=numbers,
    label=st.sampled_from(["Meeting ID", "Zoom ID", "ID", "PMI", "ID#", "Conference ID", "Zoom"]),
    gap=st.sampled_from(["", " ", "-", ".", " - ", "\u00a0", "/"]),
    start=before,
    end=after,
)
def test_no_drawn_meeting_number_stays(digits, label, gap, start, end):
    left = redact(f"{start}{label}: {grouped(digits, gap, (3, 4))}{end}").text
    assert digits[-4:] not in left


@settings(max_examples=150, deadline=None)
@given(
    host=st.sampled_from(
        ["zoom.us/j/{}", "us02web.zoom.us/j/{}?pwd=x", "meet.jit.si/{}", "teams.live.com/meet/{}"]
    ),
    scheme=st.sampled_from(["https://", "http://", "", "HTTPS://", "hxxps://", "https:// "]),
    room=st.from_regex(r"[A-Za-z]{3}[0-9]{6,10}", fullmatch=True),
    start=before,
    end=after,
)
def test_no_drawn_link_stays(host, scheme, room, start, end):
    assert room not in redact(f"{start}{scheme}{host.format(room)}{end}").text


WORDS = st.sampled_from(
    """tea coffee upstairs downstairs room hall church parking welcome newcomers steps women men
    bring friend quiet garden entrance bell ring door left right floor lift books read share
    listen silence candle open closed every Tuesday Friday first last month noon""".split()
)
SMALL = st.one_of(
    st.integers(1, 12).map(lambda it: f"{it} pm"),
    st.integers(1, 400).map(lambda it: f"room {it}"),
    st.integers(1, 40).map(lambda it: f"{it} people"),
    st.integers(1, 12).map(lambda it: f"step {it}"),
    st.times().map(lambda it: f"at {it:%H:%M}"),
    st.dates().map(lambda it: f"from {it.day} {it:%B} {it:%Y}"),
    st.integers(1, 20).map(lambda it: f"${it}"),
    st.integers(1, 120).map(lambda it: f"{it} High Street"),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(WORDS, SMALL), min_size=1, max_size=14))
def test_drawn_ordinary_text_stays(parts):
    text = " ".join(parts)
    assert redact(text).text == text


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_any_text_at_all_can_be_looked_at(text):
    once = redact(text).text
    assert redact(once).text == once
    assert all(0 <= it.start < it.end <= len(text) for it in find_secrets(text))
