"""Where a row meets, and whether in a room, online or both."""

from __future__ import annotations

import re
from dataclasses import replace

from django.utils.translation import gettext as _

from directory.choices import Format
from directory.exchange.addresses import Address, read_address, read_point
from directory.exchange.meeting_guide.fields import is_yes, text_of, texts_of
from directory.exchange.meeting_guide.reading import Reading
from directory.exchange.types import CLOSED_FOR_NOW, ONLINE
from directory.listings import ListedPlace
from directory.text.countries import country_code

_HOME = re.compile(r"\bprivate (?:residence|home|house)\b|\b(?:my|our) home\b", re.I)
_OPTIONS = {"in_person": Format.IN_PERSON, "online": Format.ONLINE, "hybrid": Format.HYBRID}


def address_of(reading: Reading) -> Address:
    """Return the address of a row, in one string or in parts, with its country."""
    row = reading.row
    street = reading.public_line(text_of(row, "address", one_line=True))
    town = reading.public_line(text_of(row, "city", one_line=True))
    whole = reading.public_line(text_of(row, "formatted_address", one_line=True))
    country = country_code(text_of(row, "country", one_line=True))
    near = country or reading.defaults.country
    if whole or not town:
        address = read_address(whole or street, near=near)
        if town and street:
            address = replace(address, street=street, town=town)
    else:
        address = Address(
            street=street,
            town=town,
            region=reading.public_line(text_of(row, "state", one_line=True)),
            postal_code=reading.public_line(text_of(row, "postal_code", one_line=True)),
        )
    return replace(address, country=country or address.country or reading.defaults.country)


def place_of(reading: Reading, address: Address) -> ListedPlace | None:
    """Return the place; its area alone is for everybody where the address is not exact."""
    row = reading.row
    name = reading.public_line(text_of(row, "location", one_line=True))
    regions = texts_of(row, "regions") or texts_of(row, "region")
    areas = [reading.public_line(it) for it in (*regions, *texts_of(row, "sub_region"))]
    areas = [it for it in areas if it]
    if not (address.town or address.street or name or areas):
        return None
    town = address.town or (areas[-1] if areas else name)
    is_home = bool(_HOME.search(name) or _HOME.search(address.street))
    latitude, longitude, doubt = read_point(
        row.get("latitude"), row.get("longitude"), address.country
    )
    if doubt:
        reading.remark(doubt)
    return ListedPlace(
        name="" if is_home else name[:120],
        address=address.street[:200],
        town=town[:100],
        region=(address.region or next((it for it in areas if it != town), ""))[:100],
        postal_code=address.postal_code[:20],
        country=address.country,
        is_exact=_is_exact(reading, address) and not is_home,
        latitude=None if is_home else latitude,
        longitude=None if is_home else longitude,
    )


def _is_exact(reading: Reading, address: Address) -> bool:
    return bool(address.street) and not is_yes(reading.row.get("approximate"))


def option_of(reading: Reading) -> str:
    """Return how one attends, where the row says it: in_person, online, hybrid, inactive."""
    return text_of(reading.row, "attendance_option", one_line=True).lower().replace("-", "_")


def format_of(reading: Reading, address: Address) -> tuple[str, bool]:
    """Return the format, and whether the group is closed for now.

    What the row says counts first; then the fields for joining, the type codes, the address.
    """
    codes, option = reading.types.codes, option_of(reading)
    way_in = reading.secrets.has_way_in
    is_place_closed = CLOSED_FOR_NOW in codes
    if option == "inactive" or (is_place_closed and not way_in and option != "online"):
        reading.remark(_("It is closed for now."))
        is_online = ONLINE in codes and not address.street
        return (Format.ONLINE if is_online else Format.IN_PERSON).value, True
    if option in _OPTIONS:
        chosen = _OPTIONS[option]
    elif ONLINE not in codes and not way_in:
        chosen = Format.IN_PERSON
    elif is_place_closed or not _is_exact(reading, address):
        chosen = Format.ONLINE
    else:
        chosen = Format.HYBRID
    _doubt(reading, chosen, address)
    return chosen.value, False


def _doubt(reading: Reading, chosen: str, address: Address) -> None:
    if chosen != Format.IN_PERSON and not reading.secrets.has_way_in:
        reading.remark(_("It says it is online, but not how one gets in."))
    if chosen == Format.ONLINE and CLOSED_FOR_NOW in reading.types.codes:
        reading.remark(_("Its place is closed for now: online only."))
    if chosen == Format.IN_PERSON and not _is_exact(reading, address):
        reading.remark(_("Its address is no exact one: visitors see the area."))
