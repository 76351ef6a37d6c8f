"""Gather the way into the online meetings out of a row; leave the rest fit to show."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from directory.listings import ListedRoom
from directory.text import Kind, Redaction, redact

_MASKED = re.compile(r"[\sX*#.\-]*", re.I)
_PHONE = re.compile(r"\d{5,}")


@dataclass(slots=True)
class Secrets:
    """The secrets of one row, as they are found field by field."""

    links: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    passcodes: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    private: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)

    def protect(self, *, url: str, phone: str, notes: tuple[str, ...]) -> None:
        """Take the fields that a feed has for joining: none of it is public."""
        if url and not re.search(r"\s", url):
            self._add_link(url)
        elif url:
            self._keep(redact(url, online=True), url)
        if sum(letter.isdigit() for letter in phone) >= 5:
            self.phones.append(phone)
            self.known += _PHONE.findall(phone)
        for note in filter(None, notes):
            people = redact(note, people_only=True)
            self.notes += [people.text] if people.text else []
            self.private += [note] if people.secrets else []

    def redact(self, text: str, *, online: bool) -> str:
        """Return a public text without secrets, and keep what was in it."""
        if not text:
            return text
        redaction = redact(text, online=online, known=self.known)
        if redaction.text != text or redaction.secrets:
            self._keep(redaction, text)
        return redaction.text

    @property
    def has_way_in(self) -> bool:
        """Whether somebody could join online or by phone with what was found."""
        return bool(
            self.links or self.phones or any(len(re.sub(r"\D", "", it)) >= 9 for it in self.numbers)
        )

    def room(self) -> ListedRoom:
        """Return what members get: the first of each kind in its field, the rest in the notes."""
        url = next((it for it in self.links if len(it) <= 1000), "")
        passcode = next(
            (it for it in self.passcodes if len(it) <= 100 and not _MASKED.fullmatch(it)), ""
        )
        code = next((it for it in self.numbers if len(it) <= 100 and not _MASKED.fullmatch(it)), "")
        phone = next((it for it in self.phones if len(it) <= 200), "")
        rest = [it for it in (*self.links, *self.phones) if it not in (url, phone)]
        taken = {url, passcode, code, phone}
        said = [it for it in self.notes if not _says_no_more(it, taken)]
        notes = [*said, *(it for it in rest if not any(it in note for note in said))]
        return ListedRoom(
            url=url,
            meeting_code=code,
            passcode=passcode,
            phone=phone,
            notes="\n".join(dict.fromkeys(it for it in notes if it)),
        )

    def _keep(self, redaction: Redaction, text: str) -> None:
        self.links += [it for it in redaction.values(Kind.LINK) if _is_web(it)]
        self.numbers += redaction.values(Kind.NUMBER)
        self.passcodes += redaction.values(Kind.PASSCODE)
        self.phones += redaction.values(Kind.DIAL_IN)
        self.notes += [it for kind, it in redaction.removed if not kind.is_personal]
        if any(it.kind.is_personal for it in redaction.secrets):
            self.private.append(text)
        for value in (
            *redaction.values(Kind.NUMBER),
            *redaction.values(Kind.PHONE),
            *redaction.values(Kind.DIAL_IN),
        ):
            self.known += [value] if len(re.sub(r"\D", "", value)) >= 6 else []
        self.known += [it for it in redaction.values(Kind.PASSCODE) if _is_unmistakable(it)]

    def _add_link(self, link: str) -> None:
        if not re.match(r"[a-z][a-z0-9+.-]*:", link, re.I):
            link = f"https://{link}"
        (self.links if _is_web(link) else self.notes).append(link)
        parts = urlsplit(link) if _is_web(link) else None
        if parts is None:
            return
        self.known += re.findall(r"\d{6,}", parts.path)
        self.known += [value for _, value in parse_qsl(parts.query) if _is_unmistakable(value)]


def _is_unmistakable(value: str) -> bool:
    """Whether a value may be hidden wherever it stands: no ordinary word, no house number."""
    if value.isdigit():
        return len(value) >= 6
    return len(value) >= 5 and any(it.isdigit() for it in value)


def _says_no_more(note: str, taken: set[str]) -> bool:
    """Whether a piece of text is one of these values with hardly more than its label."""
    return any(it and it in note and len(note) <= len(it) + 24 for it in taken)


def _is_web(link: str) -> bool:
    try:
        parts = urlsplit(link)
        return parts.scheme.lower() in ("http", "https") and "." in (parts.hostname or "")
    except ValueError:
        return False
