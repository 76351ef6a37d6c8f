"""Plain text out of what others typed: entities, tags and control characters gone."""

import html
import re

_DROPPED = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.I | re.S)
_LINK = re.compile(
    # It looks for the end of the tag first: without one, each "href" would be tried in vain.
    r"<a\s(?=[^<>]*+>)[^<>]*?href\s*=\s*[\"']?([^\s\"'<>]++)[^<>]*+>(.*?)(?:</a\s*>|\Z)",
    re.I | re.S,
)
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/tr|/h[1-6]|/ul|/ol|p|div|li|tr|h[1-6]|hr)\b[^<>]*>", re.I)
_TAG = re.compile(r"</?[a-z!?][^<>]*>", re.I)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff]")
# Bytes 128 to 159 are letters of Windows that were read as Latin-1.
_WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
_SPACES = re.compile(r"[^\S\n]+")
_GAPS = re.compile(r" ?\n ?(?:\n ?)+")


def plain_text(text: str, *, one_line: bool = False) -> str:
    """Return `text` without HTML, entities, control characters and stray space.

    Links keep their address behind their words. Lines stay, or are joined by a
    space for `one_line`.
    """
    if text.isascii() and text.isprintable() and "<" not in text and "&" not in text:
        return " ".join(text.split())
    for _ in range(3):  # tags may be hidden in entities, and those in entities again
        before = text
        if "<" in text:
            text = _without_tags(text)
        if "&" in text:
            text = html.unescape(text)
        if text == before:
            break
    text = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n")
    )
    if not text.isascii():
        text = text.translate(_WINDOWS)
    text = _CONTROL.sub("", text.replace("\v", "\n").replace("\f", "\n"))
    if one_line:
        return " ".join(text.split())
    text = _GAPS.sub("\n\n", _SPACES.sub(" ", text))
    return text.replace(" \n", "\n").replace("\n ", "\n").strip()


def _without_tags(text: str) -> str:
    text = _DROPPED.sub(" ", text)
    text = _LINK.sub(lambda link: link[2] if link[1] in link[2] else f"{link[2]} {link[1]} ", text)
    return _TAG.sub("", _BREAK.sub("\n", text))
