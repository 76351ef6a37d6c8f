"""Meeting Guide JSON into listings. Translates; writes nothing.

The format is that of code4recovery/spec: an array of meetings, weekly ones only. What feeds get
wrong is survived: each row becomes a listing, with remarks, or is refused with a reason.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from directory.choices import AccessFeature, Format
from directory.exchange.addresses import Address, country_code, read_address, read_point
from directory.exchange.clock import minutes_between, read_days, read_time
from directory.exchange.patterns import suggested_rule
from directory.exchange.rooms import Secrets
from directory.exchange.types import CLOSED, CLOSED_FOR_NOW, ONLINE, OPEN, ReadTypes, read_types
from directory.listings import (
    Defaults,
    ListedPlace,
    ListedSeries,
    Listing,
    RefusedRow,
    Translation,
)
from directory.recurrence import find_zone
from directory.text import fold, is_a_room, plain_text

FORMAT = "meeting-guide"
MOST_FIELDS = 300
LONGEST_TEXT = 20_000
LONGEST_KEY = 80
USUAL_MINUTES = 60
LONG_MINUTES = 6 * 60

_NO = ("", "no", "false", "0", "none", "null")
_HOME = re.compile(r"\bprivate (?:residence|home|house)\b|\b(?:'s|my|our) home\b", re.I)
_NO_PLACE = re.compile(
    r"\b(?:online|virtual|zoom|web|internet|phone|conference call|telephone)\b", re.I
)


class _RowRefused(Exception):
    """Raised while a row is read; the text is the reason."""


def translate(rows: Iterable[Any], *, defaults: Defaults) -> Translation:
    """Return what became of every row: a listing, or a reason why not."""
    numbered = list(enumerate(rows, start=1))
    slugs = Counter(_slug(row) for _number, row in numbered if isinstance(row, Mapping))
    taken: dict[str, Listing] = {}
    refused: list[RefusedRow] = []
    for number, row in numbered:
        key = ""
        try:
            reader = _Row(number, _checked(row), defaults)
            key = reader.key(is_shared=slugs[_slug(row)] > 1)
            if key in taken:
                first = taken[key].row
                raise _RowRefused(_("It is the same meeting as in row %(row)d.") % {"row": first})
            taken[key] = reader.listing(key)
        except _RowRefused as reason:
            refused.append(RefusedRow(row=number, label=_label(row), reason=str(reason), key=key))
    return Translation(listings=tuple(taken.values()), refused=tuple(refused))


def _checked(row: Any) -> Mapping[str, Any]:
    if not isinstance(row, Mapping):
        raise _RowRefused(_("It is not a meeting: an object in braces is expected."))
    if len(row) > MOST_FIELDS:
        raise _RowRefused(_("It has more than %(most)d fields.") % {"most": MOST_FIELDS})
    return row


def _label(row: Any) -> str:
    """Return what to call a row in a report: its name or its slug."""
    if not isinstance(row, Mapping):
        return ""
    return (_text(row, "name", one_line=True) or _slug(row))[:80]


def _slug(row: Mapping[str, Any]) -> str:
    value = row.get("slug")
    if value in (None, "") or isinstance(value, bool | list | dict):
        value = row.get("id")
    if value in (None, "") or isinstance(value, bool | list | dict):
        return ""
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    return slugify(fold(plain_text(text, one_line=True)))


def _text(row: Mapping[str, Any], *names: str, one_line: bool = False) -> str:
    """Return the first of these fields that says something, as plain text."""
    for name in names:
        value = row.get(name)
        if isinstance(value, str) and value:
            text = plain_text(value[:LONGEST_TEXT], one_line=one_line)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            text = str(value)
        else:
            continue
        if text:
            return text
    return ""


def _texts(row: Mapping[str, Any], name: str) -> list[str]:
    """Return the texts of a field that may hold one or several ("A > B")."""
    value = row.get(name)
    values = value if isinstance(value, list) else [value]
    parts = [part for it in values if isinstance(it, str) for part in it.split(">")]
    return [text for text in (plain_text(part[:200], one_line=True) for part in parts) if text]


def _is_yes(value: Any) -> bool:
    return str(value if value is not None else "").strip().lower() not in _NO


@dataclass(slots=True)
class _Meeting:
    """When a row meets."""

    days: tuple[str, ...]
    series: ListedSeries | None


class _Row:
    """Reads one row. Fields are read once, secrets gathered as they are met."""

    def __init__(self, number: int, row: Mapping[str, Any], defaults: Defaults) -> None:
        self.number = number
        self.row = row
        self.defaults = defaults
        self.remarks: list[str] = []
        self.secrets = Secrets()
        self.types: ReadTypes = read_types(row.get("types"))
        self.country = self._country()
        self.time_zone = self._time_zone()
        self.meeting = self._meeting()

    # --- the row as a whole

    def key(self, *, is_shared: bool) -> str:
        """Return what names this row at every refresh: its slug, where that is its own."""
        slug = _slug(self.row)
        if slug and not is_shared:
            return _shortened(slug)
        base = slug or slugify(fold(_text(self.row, "name", "group", one_line=True))) or "row"
        when = self.meeting.series
        parts = [base]
        if when:
            parts += ["-".join(self.meeting.days).lower(), f"{when.starts_at_time:%H%M}"]
        if slug:
            self.remarks.append(_("Its slug is not its own, so day and time count as well."))
        else:
            self.remarks.append(_("It has no slug: its name, day and time count instead."))
            where = _text(self.row, "formatted_address", "address", "location", one_line=True)
            parts.append(hashlib.sha256(fold(where).encode()).hexdigest()[:8] if where else "")
        return _shortened("-".join(filter(None, parts)))

    def listing(self, key: str) -> Listing:
        """Return the row as a listing. Raises _RowRefused."""
        self._protect()
        address = self._address()
        said_online = bool(ONLINE in self.types.codes or self._option() in ("online", "hybrid"))
        online = said_online or self.secrets.has_way_in
        notes = self.secrets.redact(_text(self.row, "notes"), online=online)
        group_notes = self.secrets.redact(_text(self.row, "group_notes"), online=online)
        where = self.secrets.redact(_text(self.row, "location_notes"), online=online)
        name = self._name()
        place = self._place(address)
        of_format, is_closed = self._format(address)
        if of_format == Format.ONLINE:
            place = None
        which_door, rest = self._which_door(where, of_format)
        self._suggest(notes)
        listing = Listing(
            row=self.number,
            key=key,
            name=name,
            format=of_format,
            country=self.country,
            time_zone=self.time_zone,
            description=self._description(notes, group_notes, rest),
            who_for=self._who_for(),
            which_door=which_door,
            audiences=self.types.audiences,
            access_features=self._access(of_format),
            languages=self.types.languages,
            place=place,
            series=self.meeting.series,
            is_closed_for_now=is_closed,
            private_notes="",
        )
        return self._with_protected(listing)

    def _with_protected(self, listing: Listing) -> Listing:
        """Add what only members or the organisation may read, now that all fields were read."""
        room = self.secrets.room()
        if listing.format == Format.IN_PERSON and room:
            kept = (room.url, room.meeting_code, room.passcode, room.phone, room.notes)
            self.secrets.private += [it for it in kept if it]
            room = type(room)()
        notes = dict.fromkeys([*self._contacts(), *self.secrets.private])
        return replace(
            listing,
            room=room,
            private_notes="\n".join(notes),
            remarks=tuple(dict.fromkeys(self.remarks)),
        )

    # --- when

    def _meeting(self) -> _Meeting:
        try:
            days = read_days(self.row.get("day"))
            start = read_time(self.row.get("time"))
        except ValueError as error:
            raise _RowRefused(str(error)) from error
        if start is None and days:
            raise _RowRefused(_("It names a day but no time."))
        if start is not None and not days:
            raise _RowRefused(_("It names a time but no day."))
        if start is None:
            return _Meeting((), None)
        try:
            end = read_time(self.row.get("end_time"))
        except ValueError as error:
            self.remarks.append(_("%(why)s It counts as one hour long.") % {"why": error})
            end = None
        minutes = minutes_between(start, end)
        if minutes is not None and minutes < 5:
            minutes = None
        if minutes is not None and minutes > LONG_MINUTES:
            self.remarks.append(
                _("It lasts %(hours)d hours; is that right?") % {"hours": minutes // 60}
            )
        series = ListedSeries(
            rule=f"FREQ=WEEKLY;BYDAY={','.join(days)}",
            starts_at_time=start,
            duration_minutes=minutes or USUAL_MINUTES,
            time_zone=self.time_zone,
        )
        return _Meeting(days, series)

    def _time_zone(self) -> str:
        name = _text(self.row, "timezone", one_line=True)
        if not name:
            return self.defaults.time_zone
        try:
            find_zone(name)
        except ValueError:
            self.remarks.append(
                _("There is no time zone “%(zone)s”; the feed's own was taken.")
                % {"zone": name[:60]}
            )
            return self.defaults.time_zone
        return name

    def _suggest(self, notes: str) -> None:
        found = suggested_rule(notes, self.meeting.days)
        if found:
            self.remarks.append(
                _("Its notes say “%(words)s”: the rule may be %(rule)s.")
                % {"words": found[1], "rule": found[0]}
            )

    # --- where

    def _country(self) -> str:
        return country_code(_text(self.row, "country", one_line=True)) or self.defaults.country

    def _address(self) -> Address:
        parts = {
            "street": _text(self.row, "address", one_line=True),
            "town": _text(self.row, "city", one_line=True),
            "region": _text(self.row, "state", one_line=True),
            "postal_code": _text(self.row, "postal_code", one_line=True),
        }
        whole = _text(self.row, "formatted_address", one_line=True)
        if whole or not parts["town"]:
            read = read_address(self._public(whole or parts["street"]), near=self.country)
            if parts["town"] and parts["street"]:
                read = replace(
                    read, street=self._public(parts["street"]), town=self._public(parts["town"])
                )
        else:
            read = Address(**{name: self._public(value) for name, value in parts.items()})
        if read.country and not _text(self.row, "country"):
            self.country = read.country
        return read

    def _public(self, text: str) -> str:
        return " ".join(self.secrets.redact(text, online=False).split())

    def _place(self, address: Address) -> ListedPlace | None:
        name = self._public(_text(self.row, "location", one_line=True))
        regions = [
            self._public(it) for it in _texts(self.row, "regions") or _texts(self.row, "region")
        ]
        sub = [self._public(it) for it in _texts(self.row, "sub_region")]
        areas = [it for it in (*regions, *sub) if it]
        town = address.town or (areas[-1] if areas else "")
        if not (town or address.street or name):
            return None
        is_home = bool(_HOME.search(name) or _HOME.search(address.street))
        is_exact = bool(address.street) and not _is_yes(self.row.get("approximate")) and not is_home
        latitude, longitude, remark = read_point(
            self.row.get("latitude"), self.row.get("longitude"), self.country
        )
        if remark:
            self.remarks.append(remark)
        return ListedPlace(
            name="" if is_home else name[:120],
            address=address.street[:200],
            town=(town or name)[:100],
            region=(address.region or next((it for it in areas if it != town), ""))[:100],
            postal_code=address.postal_code[:20],
            country=self.country,
            is_exact=is_exact,
            latitude=None if is_home else latitude,
            longitude=None if is_home else longitude,
        )

    def _which_door(self, where: str, of_format: str) -> tuple[str, str]:
        """Return what finds the door, where it is short enough, and what is left for the text."""
        if of_format == Format.ONLINE:
            return "", "" if _NO_PLACE.search(where) else where
        one_line = " ".join(where.split())
        return (one_line, "") if len(one_line) <= 240 else ("", where)

    # --- how

    def _option(self) -> str:
        return _text(self.row, "attendance_option", one_line=True).lower().replace("-", "_")

    def _format(self, address: Address) -> tuple[str, bool]:
        """Return the format, and whether it is closed for now."""
        codes, option = self.types.codes, self._option()
        way_in = self.secrets.has_way_in
        has_place = bool(address.street) and not _is_yes(self.row.get("approximate"))
        is_closed_place = CLOSED_FOR_NOW in codes
        if option == "inactive" or (is_closed_place and not way_in and option != "online"):
            self.remarks.append(_("It is closed for now."))
            return (
                Format.ONLINE if ONLINE in codes and not address.street else Format.IN_PERSON
            ), True
        if option in ("in_person", "online", "hybrid"):
            of_format = {
                "in_person": Format.IN_PERSON,
                "online": Format.ONLINE,
                "hybrid": Format.HYBRID,
            }[option]
        elif ONLINE not in codes and not way_in:
            of_format = Format.IN_PERSON
        elif is_closed_place or not has_place:
            of_format = Format.ONLINE
        else:
            of_format = Format.HYBRID
        return self._doubted(of_format, way_in=way_in, has_place=has_place)

    def _doubted(self, of_format: str, *, way_in: bool, has_place: bool) -> tuple[str, bool]:
        if of_format != Format.IN_PERSON and not way_in:
            self.remarks.append(_("It says it is online, but not how one gets in."))
        if of_format == Format.ONLINE and CLOSED_FOR_NOW in self.types.codes:
            self.remarks.append(_("Its place is closed for now: online only."))
        if of_format == Format.IN_PERSON and not has_place:
            self.remarks.append(_("Its address is no exact one: visitors see the area."))
        return of_format, False

    def _access(self, of_format: str) -> tuple[str, ...]:
        by_phone = of_format != Format.IN_PERSON and self.secrets.phones
        features = [
            *self.types.access_features,
            *([AccessFeature.BY_PHONE.value] if by_phone else []),
        ]
        if of_format == Format.ONLINE:  # stairs and toilets are those of a room
            features = [it for it in features if it in _ONLINE_ACCESS]
        return tuple(features)

    # --- words

    def _name(self) -> str:
        name = self.secrets.redact(_text(self.row, "name", one_line=True), online=False)
        if not name:
            name = self.secrets.redact(_text(self.row, "group", one_line=True), online=False)
            if not name:
                raise _RowRefused(_("It has no name."))
            self.remarks.append(_("It has no name of its own; it is called as its group."))
        name = " ".join(name.split())
        if len(name) > 120:
            self.remarks.append(_("Its name was too long, and was cut."))
            name = name[:119].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"
        return name

    def _who_for(self) -> str:
        if CLOSED in self.types.codes:
            return _("Closed meeting: for people who share what the group is about.")
        if OPEN in self.types.codes:
            return _("Open meeting: everyone may come, friends and relatives too.")
        return ""

    def _description(self, *texts: str) -> str:
        words = [*self.types.words, *self.types.unknown]
        also = _("Also: %(words)s.") % {"words": ", ".join(words)} if words else ""
        also = self.secrets.redact(also, online=False)
        said = dict.fromkeys(text.strip() for text in (*texts, also))
        return "\n\n".join(text for text in said if text)

    # --- what is not public

    def _protect(self) -> None:
        url = _text(self.row, "conference_url", one_line=True)
        phone = _text(self.row, "conference_phone", one_line=True)
        notes = (_text(self.row, "conference_url_notes"), _text(self.row, "conference_phone_notes"))
        self.secrets.protect(url=url, phone=phone, notes=notes)
        page = _text(self.row, "url", one_line=True)
        if page and is_a_room(page):
            self.secrets.protect(url=page, phone="", notes=())

    def _contacts(self) -> list[str]:
        lines = []
        for number in range(1, 4):
            parts = (
                _text(self.row, f"contact_{number}_{it}", one_line=True)
                for it in ("name", "phone", "email")
            )
            line = ", ".join(part for part in parts if part)
            lines += [_("Contact: %(who)s") % {"who": line}] if line else []
        for name, words in _PRIVATE_FIELDS.items():
            value = ", ".join(_texts(self.row, name)) or _text(self.row, name, one_line=True)
            page_of_room = name == "url" and is_a_room(value)
            lines += [f"{words}: {value[:500]}"] if value and not page_of_room else []
        return lines


_ONLINE_ACCESS = (
    AccessFeature.SIGN_LANGUAGE,
    AccessFeature.CAPTIONS,
    AccessFeature.BY_PHONE,
    AccessFeature.CHILD_FRIENDLY,
)
_PRIVATE_FIELDS = {
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


def _shortened(key: str) -> str:
    if len(key) <= LONGEST_KEY:
        return key
    return f"{key[: LONGEST_KEY - 9]}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"
