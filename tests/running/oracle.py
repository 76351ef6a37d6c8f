"""What must never stand on a public page, written without a look at how it is found and hidden."""

from __future__ import annotations

import html
import re

SHAPES = {
    "a way into a room": re.compile(
        r"zoom\.us/|zoomgov|meet\.google\.com|teams\.(?:microsoft|live)\.com|jit\.si/|webex\.com/"
        r"|freeconferencecall\.com/|fccdl\.in|whereby\.com/|gotomeet|join\.skype|wa\.me/|t\.me/"
        r"|chat\.whatsapp|signal\.group|discord\.gg|linktr\.ee/|pwd=",
        re.I,
    ),
    "a code of Meet": re.compile(r"\b[b-df-hj-np-tv-z]{3}-[a-z]{4}-[a-z]{3}\b"),
    "a long number": re.compile(r"(?<![\w-])\d{9,}(?![\w-])"),
    "a phone": re.compile(
        r"\+\d{2}[\d ()-]{8,}|\(?\b\d{3}\)?[-. ]\d{3}[-. ]\d{4}\b|\b0\d{3,4}[ -]\d{3} ?\d{3,4}\b"
    ),
    "a meeting number": re.compile(r"\b\d{3}[ -]\d{3,4}[ -]\d{4}\b"),
    "a passcode": re.compile(
        r"(?:pass\s?code|password|\bpwd?|contrase\wa|mot de passe)\s*(?:[:=#]|\bis\b)\s*\w", re.I
    ),
    "an e-mail address": re.compile(r"[\w.+-]+@[\w-]+\.[a-z]{2,}", re.I),
    "something masked": re.compile(r"X{5,}"),
}


def leaks(text: str) -> list[str]:
    """Say what of the above stands in a text."""
    return [
        f"{name}: {found[0]}" for name, shape in SHAPES.items() for found in shape.finditer(text)
    ]


def words_of(page: str) -> str:
    """Return what a page says and where it leads, without its styles and hidden fields."""
    main = re.search(r"<main\b.*?</main>", page, re.S)
    body = main[0] if main else page
    targets = " ".join(re.findall(r'(?:href|src|content)="([^"]*)"', body))
    return html.unescape(re.sub(r"<[^>]+>", " ", body)) + " " + targets
