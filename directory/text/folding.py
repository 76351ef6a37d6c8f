"""Text made comparable: without accents, case and look-alikes."""

import re
import unicodedata
from functools import lru_cache

# Accents, and the marks and the lengthening stroke of Arabic.
_MARKS = re.compile("[\u0300-\u036f\u0640\u064b-\u065f\u0670]")
# What Unicode does not take apart by itself.
_ALIKE = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe",
        "’": "'", "‘": "'", "ى": "ي", "ة": "ه",
    }
)  # fmt: skip
_LETTERS = str.maketrans(
    {
        "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "ẞ": "SS",
        "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "’": "'", "‘": "'", "ı": "i",
        "ى": "ي", "ة": "ه", "ـ": "",
    }
)  # fmt: skip

_CYRILLIC_TWINS = dict(
    zip("авекмнорстухіјѕАВЕКМНОРСТУХІЈЅ", "abekmhopctyxijsABEKMHOPCTYXIJS", strict=True)
)
_GREEK_TWINS = dict(zip("οαινρτυχκΟΑΙΝΡΤΥΧΚΖΜΕΒΗ", "oaivptuxkOAINPTYXKZMEBH", strict=True))
_TWINS = _CYRILLIC_TWINS | _GREEK_TWINS


def fold(text: str) -> str:
    """Lower case without accents: "Café Łódź" and "cafe lodz" fold to the same.

    Letter for letter what the database's `waymeet_fold` does, so that what somebody types
    can be compared with what is stored.
    """
    if text.isascii():
        return text.lower()
    # One by one: taken together, Python would give a Greek sigma another form at a word's end.
    lower = "".join(letter.lower() for letter in text)
    return _MARKS.sub("", unicodedata.normalize("NFD", lower)).translate(_ALIKE)


def shadow(text: str) -> tuple[str, list[int] | None]:
    """A plain reading of `text`, and for each of its characters the place in `text`.

    Accents, invisible characters and styled letters are gone, digits of any
    script are 0 to 9, dashes and quotes the plain ones. What hides from the
    eye or from a pattern in `text` shows in its shadow. The list is None when
    both are the same.
    """
    if text.isascii():
        return text, None
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for plain in _plain(letter):
            letters.append(plain)
            places.append(place)
    return _untwin("".join(letters)), places


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    if letter.isascii():
        return letter
    plain = []
    for part in unicodedata.normalize("NFKD", letter.translate(_LETTERS)):
        category = unicodedata.category(part)
        if category in ("Mn", "Me", "Cf", "Cc", "Co", "Cs", "Cn"):
            continue
        if category == "Nd":
            part = str(unicodedata.digit(part))
        elif category == "Pd":
            part = "-"
        elif category in ("Zs", "Zl", "Zp"):
            part = " " if category == "Zs" else "\n"
        elif category in ("Pi", "Pf"):
            part = '"'
        elif part in "。｡․":
            part = "."
        plain.append(part)
    return "".join(plain)


def _untwin(text: str) -> str:
    """Put Latin letters for their Cyrillic and Greek twins, in words that mix the scripts."""
    if not any(letter in _TWINS for letter in text):
        return text
    words = []
    start = 0
    for place in range(len(text) + 1):
        if place < len(text) and text[place].isalpha():
            continue
        word = text[start:place]
        if any(letter.isascii() for letter in word) and not word.isascii():
            word = "".join(_TWINS.get(letter, letter) for letter in word)
        words.append(word + text[place : place + 1])
        start = place + 1
    return "".join(words)
