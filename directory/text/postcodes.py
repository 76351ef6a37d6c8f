"""Postcodes as people type them, and the parts of one that may be known."""

from __future__ import annotations

import re
import unicodedata

# Groups are the parts, the coarsest first. O and 0 are typed for each other.
_BRITISH = re.compile(r"([A-Z]{1,2})([\dO][A-Z\d]?)(?: ?([\dO][A-Z]{2})| [\dO][A-Z]?)?")
_LETTERS_AT_END = "ABCDEFGHJKMNPRSTUVWXY"
_DIGITS = {
    4: "AF AL AM AR AT AU BD BE BG CH CY DK GE HU LI LU LV MD MK NO NZ PH PY SI TN ZA",
    5: "BA CR DE DZ EE EG ES FI FR HR IQ IT KE KR KW LK LT MA ME MM MX MY NP PE PK RS SA TH TR UA",
    6: "BY CN CO EC IN KG KZ MN NG RO RU SG TJ TM UZ VN",
    7: "CL IL",
}
_SHAPES = {
    **{
        country: re.compile(rf"(\d{{{digits}}})")
        for digits, countries in _DIGITS.items()
        for country in countries.split()
    },
    "US": re.compile(r"(\d{5})(?:[ -]?(\d{4}))?"),
    "CA": re.compile(r"([A-Z]\d[A-Z])(?:[ -]?(\d[A-Z]\d))?"),
    "IE": re.compile(r"([AC-FHKNPRTV-Y]\d[\dW])(?:[ -]?([\dAC-FHKNPRTV-Y]{4}))?"),
    "NL": re.compile(r"(\d{4})(?: ?([A-Z]{2}))?"),
    "PT": re.compile(r"(\d{4})(?:[ -]?(\d{3}))?"),
    "BR": re.compile(r"(\d{5})(?:[ -]?(\d{3}))?"),
    "JP": re.compile(r"(\d{3})(?:[ -]?(\d{4}))?"),
    "PL": re.compile(r"(\d{2}[ -]?\d{3})"),
    "SE": re.compile(r"(?:SE?-)?(\d{3} ?\d{2})"),
    "CZ": re.compile(r"(\d{3} ?\d{2})"),
    "SK": re.compile(r"(\d{3} ?\d{2})"),
    "GR": re.compile(r"(\d{3} ?\d{2})"),
}
# Where nothing is known of a country's postcodes: three digits or more make one.
_OTHERWISE = re.compile(r"(?=(?:\D*\d){3})([A-Z]{0,3}[ -]?\d[A-Z\d -]{2,9})")


def compact(code: str) -> str:
    """Return a postcode as it is kept: "sw1a 1aa" as "SW1A1AA", "٧٥٠١١" as "75011"."""
    return re.sub(r"[^A-Z0-9]", "", _plain(code))


def shown(code: str, country: str) -> str:
    """Return a kept postcode as it is written: "SW1A1AA" as "SW1A 1AA" in Britain."""
    if country == "GB" and re.fullmatch(r".{2,4}\d[A-Z]{2}", code):
        return f"{code[:-3]} {code[-3:]}"
    return code


def known_as(text: str, country: str) -> tuple[str, ...]:
    """Return a postcode of the country (ISO 3166) and what it begins with, the longest first.

    "LS1 4AP" gives LS14AP and LS1, not LS14, which lies elsewhere. Empty when the text is none.
    """
    plain = " ".join(_plain(text).split())
    if country == "GB":
        return _british(plain)
    found = _SHAPES.get(country, _OTHERWISE).fullmatch(plain)
    if not found:
        return ()
    parts = [compact(part) for part in found.groups() if part]
    return tuple("".join(parts[:length]) for length in range(len(parts), 0, -1))


def split(text: str, country: str) -> tuple[str, tuple[str, ...]]:
    """Take a postcode off either end: "Leeds LS1 4AP", "75011 Paris". Returns the rest and it."""
    if codes := known_as(text, country):
        return "", codes
    words = text.replace(",", " , ").split()
    for length in (2, 1):
        for code, rest in (
            (words[-length:], words[:-length]),
            (words[:length], words[length:]),
        ):
            if rest and (codes := known_as(" ".join(code), country)):
                return " ".join(rest).replace(" ,", ",").strip(", "), codes
    return text, ()


def _british(plain: str) -> tuple[str, ...]:
    """The whole code, its outward part, and that without the letter that Westminster's end in."""
    found = _BRITISH.fullmatch(plain)
    if not found or not any(letter.isdigit() for letter in plain):
        return ()
    area, district, inward = found.groups()
    outward = area + district.replace("O", "0", 1)
    whole = outward + inward.replace("O", "0", 1) if inward else outward
    return tuple(dict.fromkeys((whole, outward, outward.rstrip(_LETTERS_AT_END))))


def _plain(text: str) -> str:
    """Upper case, digits of any script as 0 to 9, dashes and spaces the plain ones."""
    if text.isascii():
        return text.upper()
    letters = unicodedata.normalize("NFKC", text).upper()
    return "".join(
        str(unicodedata.digit(letter)) if letter.isdigit() and not letter.isascii()
        else "-" if unicodedata.category(letter) == "Pd"
        else letter
        for letter in letters
    )  # fmt: skip
