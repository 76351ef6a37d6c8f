"""One row of a feed into one listing."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from directory.choices import AccessFeature, Format
from directory.exchange.meeting_guide.fields import slug_of, text_of, texts_of
from directory.exchange.meeting_guide.reading import Reading, RowRefused
from directory.exchange.meeting_guide.when import series_of, suggest_rule, time_zone_of
from directory.exchange.meeting_guide.where import address_of, format_of, option_of, place_of
from directory.exchange.types import CLOSED, ONLINE, OPEN, read_types
from directory.listings import Defaults, ListedRoom, Listing
from directory.text import fold, is_a_room

__all__ = ["Row", "RowRefused"]

LONGEST_KEY = 80
LONGEST_NAME = 120
LONGEST_DOOR = 240
# Of a place online: stairs and toilets are those of a room.
ONLINE_ACCESS = (
    AccessFeature.SIGN_LANGUAGE,
    AccessFeature.CAPTIONS,
    AccessFeature.BY_PHONE,
    AccessFeature.CHILD_FRIENDLY,
)
PRIVATE_FIELDS = {
    "email": "E-mail",
    "phone": "Phone",
    "feedback_emails": "Feedback",
    "feedback_url": "Feedback",
    "url": "Page",
    "venmo": "Venmo",
    "square": "Square",
    "paypal": "PayPal",
    "homegroup_online": "Homegroup Online",
}
_NO_PLACE = re.compile(
    r"\b(?:online|virtual|zoom|web|internet|phone|conference call|telephone)\b", re.I
)


class Row:
    """Reads one row: first when it meets, which its key may need, then the rest."""

    def __init__(self, number: int, row: Mapping[str, Any], defaults: Defaults) -> None:
        self.number = number
        self.row = row
        self.reading = Reading(row, defaults, read_types(row.get("types")))
        self.time_zone = time_zone_of(self.reading)
        self.series = series_of(self.reading, self.time_zone)

    def key(self, *, is_shared: bool) -> str:
        """Return what names this row at every refresh: its slug, where that is its own."""
        slug = slug_of(self.row)
        if slug and not is_shared:
            return _shortened(slug)
        named = slug or slugify(fold(text_of(self.row, "name", "group", one_line=True))) or "row"
        parts = [named]
        if self.series:
            days = self.series.rule.rpartition("=")[2].lower().replace(",", "-")
            parts += [days, f"{self.series.starts_at_time:%H%M}"]
        if slug:
            self.reading.remark(_("Its slug is not its own, so day and time count as well."))
        else:
            self.reading.remark(_("It has no slug: its name, day, time and address count instead."))
            where = text_of(self.row, "formatted_address", "address", "location", one_line=True)
            parts += [hashlib.sha256(fold(where).encode()).hexdigest()[:8]] if where else []
        return _shortened("-".join(parts))

    def listing(self, key: str) -> Listing:
        """Return the row as a listing. Raises RowRefused."""
        reading = self.reading
        self._protect()
        address = address_of(reading)
        said_online = ONLINE in reading.types.codes or option_of(reading) in ("online", "hybrid")
        online = said_online or reading.secrets.has_way_in
        texts = [
            reading.public(text_of(self.row, name), online=online)
            for name in ("notes", "group_notes", "location_notes")
        ]
        name, place = self._name(), place_of(reading, address)
        of_format, is_closed = format_of(reading, address)
        which_door, about_place = _which_door(texts.pop(), of_format)
        suggest_rule(reading, texts[0], self.series)
        description = self._description(*texts, about_place)
        room, private = self._protected(of_format)
        return Listing(
            row=self.number,
            key=key,
            name=name,
            format=of_format,
            country=address.country,
            time_zone=self.time_zone,
            description=description,
            who_for=self._who_for(),
            which_door=which_door,
            audiences=reading.types.audiences,
            access_features=self._access(of_format),
            languages=reading.types.languages,
            place=None if of_format == Format.ONLINE else place,
            series=self.series,
            is_closed_for_now=is_closed,
            room=room,
            private_notes=private,
            remarks=tuple(dict.fromkeys(reading.remarks)),
        )

    def _name(self) -> str:
        name = self.reading.public_line(text_of(self.row, "name", one_line=True))
        if not name:
            name = self.reading.public_line(text_of(self.row, "group", one_line=True))
            if not name:
                raise RowRefused(_("It has no name."))
            self.reading.remark(_("It has no name of its own; it is called as its group."))
        if len(name) > LONGEST_NAME:
            self.reading.remark(_("Its name was too long, and was cut."))
            name = name[: LONGEST_NAME - 1].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"
        return name

    def _who_for(self) -> str:
        codes = self.reading.types.codes
        if CLOSED in codes:
            return _("Closed meeting: for people who share what the group is about.")
        if OPEN in codes:
            return _("Open meeting: everyone may come, friends and relatives too.")
        return ""

    def _description(self, *texts: str) -> str:
        words = [*self.reading.types.words, *self.reading.types.unknown]
        also = _("Also: %(words)s.") % {"words": ", ".join(words)} if words else ""
        said = dict.fromkeys(text.strip() for text in (*texts, self.reading.public(also)))
        return "\n\n".join(text for text in said if text)

    def _access(self, of_format: str) -> tuple[str, ...]:
        features = list(self.reading.types.access_features)
        if of_format != Format.IN_PERSON and self.reading.secrets.phones:
            features.append(AccessFeature.BY_PHONE.value)
        if of_format == Format.ONLINE:
            features = [it for it in features if it in ONLINE_ACCESS]
        return tuple(features)

    def _protect(self) -> None:
        """Take what the row has for joining; none of it is public."""
        notes = ("conference_url_notes", "conference_phone_notes")
        self.reading.secrets.protect(
            url=text_of(self.row, "conference_url", one_line=True),
            phone=text_of(self.row, "conference_phone", one_line=True),
            notes=tuple(text_of(self.row, name) for name in notes),
        )
        page = text_of(self.row, "url", one_line=True)
        if is_a_room(page):
            self.reading.secrets.protect(url=page, phone="", notes=())

    def _protected(self, of_format: str) -> tuple[ListedRoom, str]:
        """Return what members get, and what is for the organisation alone."""
        secrets = self.reading.secrets
        room = secrets.room()
        private = [*self._contacts(), *secrets.private]
        if of_format == Format.IN_PERSON and room:
            kept = (room.url, room.meeting_code, room.passcode, room.phone, room.notes)
            private += [it for it in kept if it]
            room = ListedRoom()
        return room, "\n".join(dict.fromkeys(private))

    def _contacts(self) -> Iterator[str]:
        for number in range(1, 4):
            names = (f"contact_{number}_{it}" for it in ("name", "phone", "email"))
            parts = [text_of(self.row, name, one_line=True) for name in names]
            if any(parts):
                yield _("Contact: %(who)s") % {"who": ", ".join(part for part in parts if part)}
        for name, words in PRIVATE_FIELDS.items():
            value = ", ".join(texts_of(self.row, name)) or text_of(self.row, name, one_line=True)
            if value and not (name == "url" and is_a_room(value)):
                yield f"{words}: {value[:500]}"


def _which_door(text: str, of_format: str) -> tuple[str, str]:
    """Return what finds the door, where it is short enough, and what is left for the text."""
    if of_format == Format.ONLINE:
        return "", "" if _NO_PLACE.search(text) else text
    line = " ".join(text.split())
    return (line, "") if len(line) <= LONGEST_DOOR else ("", text)


def _shortened(key: str) -> str:
    if len(key) <= LONGEST_KEY:
        return key
    return f"{key[: LONGEST_KEY - 9]}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"
