"""What the type codes of Meeting Guide mean here. Unknown ones stay, as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from directory.choices import AccessFeature, Audience

ONLINE, CLOSED_FOR_NOW, OPEN, CLOSED = "ONL", "TC", "O", "C"

AUDIENCES = {
    "W": Audience.WOMEN,
    "M": Audience.MEN,
    "NB": Audience.NON_BINARY,
    "T": Audience.TRANS,
    "G": Audience.LGBTQ,
    "L": Audience.LGBTQ,
    "BI": Audience.LGBTQ,
    "LGBTQ": Audience.LGBTQ,
    "LGBTQIA": Audience.LGBTQ,
    "LGBTQIA+": Audience.LGBTQ,
    "Y": Audience.YOUNG_PEOPLE,
    "SEN": Audience.OLDER_PEOPLE,
    "POC": Audience.PEOPLE_OF_COLOUR,
    "BE": Audience.NEWCOMERS,
}
ACCESS = {
    "X": AccessFeature.STEP_FREE,
    "XB": AccessFeature.ACCESSIBLE_TOILET,
    "ASL": AccessFeature.SIGN_LANGUAGE,
    "FF": AccessFeature.FRAGRANCE_FREE,
    "CF": AccessFeature.CHILD_FRIENDLY,
    "BA": AccessFeature.CHILDCARE,
}
LANGUAGES = {
    "AF": "af", "AM": "am", "AR": "ar", "BG": "bg", "DA": "da", "DE": "de", "EL": "el", "EN": "en",
    "FA": "fa", "FI": "fi", "FR": "fr", "HE": "he", "HI": "hi", "HR": "hr", "HU": "hu", "IS": "is",
    "ITA": "it", "JA": "ja", "KA": "ka", "KOR": "ko", "LT": "lt", "ML": "ml", "MT": "mt",
    "NE": "ne", "NL": "nl", "NO": "no", "POL": "pl", "POR": "pt", "PUN": "pa", "RUS": "ru",
    "S": "es", "SK": "sk", "SL": "sl", "SV": "sv", "TH": "th", "TL": "tl", "TUR": "tr", "UK": "uk",
    "ASL": "ase",
}  # fmt: skip
# Known, but no filter of ours: said in the description.
WORDS = {
    "11": "eleventh step meditation", "12X12": "Twelve Steps and Twelve Traditions",
    "A": "secular", "ABSI": "As Bill Sees It", "AL": "beside an Alateen meeting",
    "AL-AN": "beside an Al-Anon meeting", "B": "Big Book", "BRK": "breakfast",
    "CAN": "candlelight", "D": "discussion", "DB": "digital basket", "DD": "dual diagnosis",
    "DR": "Daily Reflections", "GR": "Grapevine", "H": "birthdays", "LIT": "literature",
    "LS": "Living Sober", "MED": "meditation", "N": "Native American", "NDG": "Indigenous",
    "OUT": "outdoors", "P": "professionals", "POA": "proof of attendance",
    "SM": "smoking permitted", "SP": "speakers", "ST": "step study", "TR": "tradition study",
    "XT": "cross talk permitted",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadTypes:
    """The codes of a row, sorted by what they say."""

    codes: frozenset[str]
    audiences: tuple[str, ...]
    access_features: tuple[str, ...]
    languages: tuple[str, ...]
    words: tuple[str, ...]
    unknown: tuple[str, ...]


def read_types(value: object) -> ReadTypes:
    """Sort the type codes of a row: a list, or text with commas; anything else counts as none."""
    given = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else []
    codes = list(
        dict.fromkeys(str(code).strip().upper() for code in given if isinstance(code, str | int))
    )
    codes = [code[:40] for code in codes if code][:60]
    told = {ONLINE, CLOSED_FOR_NOW, OPEN, CLOSED, *AUDIENCES, *ACCESS, *LANGUAGES, *WORDS}
    return ReadTypes(
        codes=frozenset(codes),
        audiences=_of(codes, AUDIENCES),
        access_features=_of(codes, ACCESS),
        languages=_of(codes, LANGUAGES),
        words=_of(codes, WORDS),
        unknown=tuple(code for code in codes if code not in told),
    )


def _of(codes: list[str], meanings: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(meanings[code]) for code in codes if code in meanings))
