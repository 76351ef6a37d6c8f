"""What the rows of a group should hold, as a listing has it; kept to compare with next time."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from babel.languages import get_official_languages
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from directory.actions.imports.terms import Terms
from directory.choices import Format, GroupStatus, Joining
from directory.listings import ListedPlace, ListedSeries, Listing
from directory.models import Group, OnlineRoom, Place, Series

ROOM_FIELDS = ("url", "meeting_code", "passcode", "phone", "notes")
PLACE_FIELDS = (
    *("name", "address", "town", "region", "postal_code"),
    *("country", "shown", "latitude", "longitude"),
)
GROUP_FIELDS = (
    *("name", "summary", "description", "who_for", "which_door", "audiences", "access_features"),
    *("languages", "format", "country", "time_zone", "joining"),
)
ANSWER_WITHIN_DAYS = 7
# Goes up when the same row would be written in another way than before.
EDITION = 1


def fingerprint(listing: Listing, terms: Terms) -> str:
    """Return what stays the same as long as the row says the same; not for reading back."""
    said = {
        name: value for name, value in asdict(listing).items() if name not in ("row", "remarks")
    }
    said |= {"edition": EDITION, "topic": terms.topic.slug, "asked_joining": terms.joining}
    return sealed(json.dumps(said, sort_keys=True, default=str))


def sealed(text: str) -> str:
    """Return a keyed hash: it tells whether a protected value changed, and nothing more."""
    return salted_hmac("directory.imports", text, algorithm="sha256").hexdigest()


def wanted(listing: Listing, terms: Terms) -> dict[str, Any]:
    """Return what is to be written, in the shape in which it is remembered (`values`)."""
    joining = _joining(listing.format, terms.joining)
    return {
        "name": listing.name,
        "summary": _summary(listing, terms),
        "description": listing.description,
        "who_for": listing.who_for,
        "which_door": listing.which_door,
        "audiences": sorted(listing.audiences),
        "access_features": sorted(listing.access_features),
        "languages": list(listing.languages) or [_language(listing.country)],
        "format": str(listing.format),
        "country": listing.country,
        "time_zone": listing.time_zone,
        "joining": joining,
        "place": place_parts(listing.place),
        "series": series_parts(listing.series),
        "room": {name: sealed(getattr(listing.room, name)) for name in ROOM_FIELDS},
        "private_notes": sealed(listing.private_notes),
        "topic": terms.topic.slug,
        "closed": listing.is_closed_for_now,
        "status": status_of(listing, terms),
    }


def current(group: Group, room: OnlineRoom | None, series: list[Series]) -> dict[str, Any]:
    """Return what is written now, in the same shape; `series` are those that go on."""
    values = {name: getattr(group, name) for name in GROUP_FIELDS}
    values["audiences"] = sorted(group.audiences)
    values["access_features"] = sorted(group.access_features)
    values["place"] = parts_of_place(group.place) if group.place else None
    values["series"] = _parts_of_series(series)
    values["room"] = {name: sealed(getattr(room, name) if room else "") for name in ROOM_FIELDS}
    values["private_notes"] = sealed(group.private_notes)
    values["status"] = group.status
    return values


def status_of(listing: Listing, terms: Terms) -> str:
    """Return whether visitors may see it: published only when asked, and when it can be found."""
    if not terms.publish:
        return GroupStatus.DRAFT.value
    if listing.is_closed_for_now:
        return GroupStatus.PAUSED.value
    leads_nowhere = listing.format != Format.IN_PERSON and not listing.room
    has_no_place = listing.format != Format.ONLINE and listing.place is None
    return GroupStatus.DRAFT.value if leads_nowhere or has_no_place else GroupStatus.PUBLISHED.value


def place_parts(place: ListedPlace | None) -> list[Any] | None:
    """Return a listed place in the shape in which it is remembered."""
    if place is None:
        return None
    shown = "exactly" if place.is_exact else "area"
    return [shown if name == "shown" else getattr(place, name) for name in PLACE_FIELDS]


def parts_of_place(place: Place) -> list[Any]:
    """Return a place of ours in the same shape."""
    return [getattr(place, name) for name in PLACE_FIELDS]


def series_parts(series: ListedSeries | None) -> list[Any] | None:
    """Return a listed series in the shape in which it is remembered."""
    if series is None:
        return None
    clock = f"{series.starts_at_time:%H:%M}"
    return [series.rule, clock, series.duration_minutes, series.time_zone]


def _parts_of_series(series: list[Series]) -> Any:
    parts = [
        [it.rule, f"{it.starts_at_time:%H:%M}", it.duration_minutes, it.time_zone] for it in series
    ]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else parts


def _joining(of_format: str, asked: str) -> str:
    if asked == Joining.ASK:
        return Joining.ASK.value
    if of_format != Format.IN_PERSON:  # their link is never public
        return Joining.SIGN_UP.value
    return asked or Joining.JUST_COME.value


def _summary(listing: Listing, terms: Terms) -> str:
    town = listing.place.town if listing.place else ""
    words = {"topic": terms.topic.name, "town": town}
    if listing.format == Format.ONLINE or not town:
        said = _("%(topic)s: a peer support group online.")
        said = said if listing.format == Format.ONLINE else _("%(topic)s: a peer support group.")
    elif listing.format == Format.HYBRID:
        said = _("%(topic)s: a peer support group in %(town)s and online.")
    else:
        said = _("%(topic)s: a peer support group in %(town)s.")
    return (said % words)[:240]


@lru_cache(maxsize=256)
def _language(country: str) -> str:
    """Return the language that people most likely speak where a row names none."""
    languages = get_official_languages(country)
    return languages[0].partition("_")[0] if languages else str(settings.LANGUAGE_CODE)
