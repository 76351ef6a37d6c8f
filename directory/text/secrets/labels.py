"""Values behind a label: passcodes, codes, meeting numbers, names of rooms."""

import re
from collections.abc import Callable
from functools import partial

from directory.text.secrets.addresses import TRAILING
from directory.text.secrets.kinds import Found, Kind, Secret
from directory.text.secrets.words import (
    CODE,
    NO_VALUE,
    NOT_A_CODE_AFTER,
    NUMBER,
    PASSWORD,
    PLACE_NOUNS,
    SHORT_PASSWORD,
    any_of,
)

_SEP = (
    r"(?P<sep>\s{0,3}(?:[:=#>→⇒➜*\"'(\[|/_,-]|\.(?=[\s.]*\d)|\s|\b(?:is|are|es|est|ist|lautet|will\sbe)\b){0,8}"
    r"(?:(?:the|a|la|el|le|das)\s(?:word|phrase|number|palabra(?!\sclave)|mot(?!\sde)|wort)\s?[:=]?\s?)?)"
)
# A remark between label and value: "Passcode (case sensitive): …".
_ASIDE = r"(?:\s?\((?![^)]{0,40}(?:pw|pass|code|id|pin))[^)\n\d]{0,40}\))?"
_MASK = re.compile(
    r"(?<![A-Za-z])X{3,}[\w]{0,3}(?:[\s.-]*X{2,}\w{0,3})*(?:\s*[:=]\s*\S+|\s*\.*\s*\d{4,}\b)?"
)
_LONG_MASK = re.compile(
    r"(?<![A-Za-z])X{4,}\w{0,4}(?:[\s.-]*X{2,}\w{0,3})*(?:\s*[:=]\s*\S+|\s*\.*\s*\d{4,}\b)?"
)
_PASSWORD = re.compile(
    rf"(?:(?:{any_of(PASSWORD)})(?:s?(?![a-z])|X+\b)"
    rf"|(?<![a-z])(?:{any_of(SHORT_PASSWORD)})(?![a-z])){_ASIDE}{_SEP}",
    re.I,
)
# Without those that are everyday words in their language.
_SURELY = any_of(
    tuple(it for it in PASSWORD if it not in ("clave", "palabra clave", "parola", "parool"))
)
_PASSWORD_FIRST = re.compile(
    rf"(?P<value>\"[^\"\n]{{2,40}}\"|'[^'\n]{{2,40}}'|(?<![^\s\"'(])[^\s\"']{{1,40}})\s{{1,3}}(?:is|es|est|ist|="
    rf"|as)\s+(?:the\s|our\s|your\s|a\s|el\s|la\s|le\s|das\s|der\s)?"
    rf"(?:[\w-]+\s){{0,2}}?(?:{_SURELY})(?![a-z])",
    re.I,
)
_DIGITS_FIRST = re.compile(
    rf"(?<!\d\s)(?<!\S)(?P<value>(?=[^\s:]{{0,40}}\d{{4}})[^\s:]{{4,60}})(?<![.!?,;])"
    rf"[ \t]*[(\[]?[ \t]*(?:the\s)?(?:{_SURELY})(?![a-z])",
    re.I,
)
# In the same sentence as a password: letters and digits in one word.
_NEAR_PASSWORD = re.compile(
    rf"(?:{_SURELY})[^.!?\n]{{0,60}}?[ \t:=\"'(]"
    r"(?P<value>(?=[^\s]*[a-z])(?=[^\s]*\d)[\w!@$%&*-]{5,})",
    re.I,
)
_PASSWORD_LATER = re.compile(
    rf"(?:{_SURELY})s?(?![a-z])\s?[:=]?(?:\s(?!pass)[a-z'-]+){{1,7}}?\s?(?:\b(?:is|are|es|est|ist"
    rf"|lautet)\b\s?[:=]?|[:=])\s*(?P<value>\"[^\"\n]{{2,40}}\"|\S+)",
    re.I,
)
# Pieces of the words for a password: where none is, the long patterns need not look.
_PASSWORD_HINTS = (
    "pass", "pw", "p/w", "p.w", "psw", "psswd", "pascode", "pasword", "clave", "contras", "mdp",
    "m.d.p", "mot", "wort", "zugang", "secret", "acces", "senha", "palavra", "woord", "toegang",
    "losen", "adgang", "salas", "haslo", "heslo", "jelsz", "parol", "sifre", "slapta", "cyfrinair",
)  # fmt: skip
_CODE = re.compile(
    rf"(?<![a-z])(?<!\w-)(?:{any_of(CODE)})(?![a-z]){_ASIDE}{_SEP}",
    re.I,
)
_CODE_EXCUSED = re.compile(rf"(?:{'|'.join(NOT_A_CODE_AFTER)})[\s-]?$", re.I)
_NUMBER = re.compile(rf"(?<![a-z])(?:{any_of(NUMBER)})(?![a-z]){_SEP}", re.I)
_TOKEN = re.compile(r"\S+")
_DIGIT_VALUE = re.compile(
    r"[#*]?\(?\d{1,12}(?:[\s().·•/_,-]{1,3}\d{1,6}(?!\d|:\d|\s?[ap]\.?m\b|(?:st|nd|rd"
    r"|th)\b)){0,9}(?:[ \t]?#(?!\d))?"
)
_SPACED_DIGITS = re.compile(r"\d(?:[\s-]\d){4,}(?!\d)")
_ROOM_NAME = re.compile(
    r"(?:jitsi|whereby|jit\.si|bigbluebutton|bbb|greenlight)\b[^.!?\n]{0,40}?\b(?:room|meeting"
    r"|sala|salle|raum|id)\b(?:\s(?:name|named|called|is|id))*"
    r"[ \t]*[:=\"'-]*[ \t]*(?P<value>[^\s\"',.;]{4,})"
    r"|\bjitsi\s*[:=]\s*(?P<other>(?!http)[^\s\"',.;]{4,})",
    re.I,
)
_MEET_CODE = re.compile(r"(?<![\w-])[a-z]{3}-[a-z]{4}-[a-z]{3}(?![\w-])")
_MEET_CUE = re.compile(r"(?:meet|google|code|codigo|zugang|join|\bid\b)[\s\S]{0,40}$", re.I)


def passwords(text: str) -> Found:
    """Find passwords behind their label, in front of it, or some words later."""
    lowered = text.lower()
    if text.isascii() and not any(hint in lowered for hint in _PASSWORD_HINTS):
        return
    for match in _PASSWORD.finditer(text):
        explicit = bool(re.search(r"[:=>#]|is|are|es|est|ist|lautet|will", match["sep"], re.I))
        yield from _behind_label(
            text,
            match,
            Kind.PASSCODE,
            accept=partial(_may_be_a_password, explicit=explicit),
        )
    for match in _PASSWORD_LATER.finditer(text):
        if _is_a_value(match["value"]):
            yield Secret(
                match.start("value"), match.end("value"), Kind.PASSCODE, _bare(match["value"])
            )
    for match in (*_DIGITS_FIRST.finditer(text), *_NEAR_PASSWORD.finditer(text)):
        value = _bare(match["value"])
        if _looks_secret(value) and not _ORDINAL.fullmatch(value):
            yield Secret(match.start("value"), match.end("value"), Kind.PASSCODE, value)
    for match in _PASSWORD_FIRST.finditer(text):
        value = _bare(match["value"])
        if _is_a_value(value) and value.lower() not in _NOT_IN_FRONT:
            yield Secret(match.start("value"), match.end("value"), Kind.PASSCODE, value)


_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|[ap]m|x\d+|min\w*|-[a-z]+)|covid-?19", re.I)
_NOT_IN_FRONT = frozenset(
    "this that it what which here there meeting zoom id link number code group everyone".split()
)


_DOOR = re.compile(
    r"\b(?:doors?|gates?|entry|entrance|building|alarm|lock(?:box)?|key(?:pad|box)?|buzzer"
    r"|intercom|lift|porte|puerta|portal|tur)\b"
    r"[^.!?\n]{0,20}$",
    re.I,
)


def codes(text: str) -> Found:
    """Find what stands behind "code", "PIN" and the like, where it looks like one."""
    for match in _CODE.finditer(text):
        before = text[max(0, match.start() - 30) : match.end("sep") - len(match["sep"])]
        if _CODE_EXCUSED.search(text[max(0, match.start() - 12) : match.start()]):
            continue
        explicit = bool(re.search(r"[:=>]|is|es|est|ist", match["sep"], re.I))
        kind = Kind.DOOR if _DOOR.search(before) else Kind.PASSCODE
        yield from _behind_label(
            text,
            match,
            kind,
            accept=partial(_may_be_a_code, explicit=explicit),
        )


def numbers(text: str) -> Found:
    """Find the numbers of meetings and conferences behind "ID" and the like."""
    for match in _NUMBER.finditer(text):
        explicit = bool(re.search(r"[:=>#]|is|es|est|ist", match["sep"], re.I))
        yield from _behind_label(
            text,
            match,
            Kind.NUMBER,
            accept=partial(_may_be_a_number, explicit=explicit),
        )


def _behind_label(
    text: str, label: re.Match[str], kind: Kind, *, accept: Callable[[str], bool]
) -> Found:
    """The value behind a label, with the label; or the label alone where its value is missing."""
    start, at = label.start(), label.end()
    while at > label.start("sep") and text[at - 1] in "\"'":
        at -= 1
    if at < len(text) and text[at] in "\"'":
        quoted = re.compile(rf"{text[at]}([^{text[at]}\n]{{1,60}}){text[at]}?").match(text, at)
        if quoted:
            yield Secret(start, quoted.end(), kind, quoted[1])
            return
    token = _TOKEN.match(text, at)
    value_at = at
    is_torn = "\n" in label["sep"] and not re.search(r"[:=#>-]", label["sep"])
    if token is None or is_torn or ("\n" in label["sep"] and not _looks_secret(_bare(token[0]))):
        if re.search(r"[:=#]", label["sep"]) or label[0].rstrip().endswith("X"):
            yield Secret(start, start + len(label[0].partition("\n")[0].rstrip()), Kind.NOTHING)
        return
    mask = _MASK.match(text, value_at)
    if mask:
        yield Secret(start, mask.end(), kind, mask[0])
        return
    spaced = _SPACED_DIGITS.match(text, value_at) or _DIGIT_VALUE.match(text, value_at)
    if (
        spaced
        and accept(spaced[0])
        and text[spaced.end() : spaced.end() + 1] in ("", " ", "\n", ".", ",", ";", ")", "/", "\t")
    ):
        end = value_at + len(_first_line(spaced[0], kind))
        yield Secret(start, end, kind, text[value_at:end].strip(" .-#"))
        yield from _more_values(text, end, kind)
        return
    word = _bare(token[0])
    if accept(word):
        end = token.start() + token[0].index(word) + len(word)
        if kind == Kind.PASSCODE and word.isalpha() and re.search(r"[:=]", label["sep"]):
            end = _end_of_phrase(text, token.start(), end)
        yield Secret(start, end, kind, text[token.start() : end])
        yield from _more_values(text, end, kind)


def _first_line(digits: str, kind: Kind) -> str:
    """Leave what a line break cuts off, unless it cuts a meeting number in two."""
    first, cut, _ = digits.partition("\n")
    is_whole = kind != Kind.NUMBER or sum(it.isdigit() for it in first) >= 9
    return first.rstrip() if cut and is_whole else digits


_PHRASE = re.compile(
    r"[^\W\d_][^\s.!?;,:(\n]*(?:[ \t]+[^\W\d_][^\s.!?;,:(\n]*){1,4}(?=\s*(?:[.!?;,(]|\n|$))"
)
_WORDS_ALIKE = re.compile(
    r"(?:[A-Z][a-z]+[ \t]+){1,4}[A-Z][a-z]+\b|(?:[A-Z]{2,}[ \t]+){1,4}[A-Z]{2,}\b"
)


def _end_of_phrase(text: str, start: int, end: int) -> int:
    """Return where a passcode of several words ends: "Keep Coming Back", "one day at a time"."""
    phrase = _PHRASE.match(text, start) or _WORDS_ALIKE.match(text, start)
    return max(end, phrase.end()) if phrase else end


_MORE = re.compile(
    r"[ \t]{0,2}(?:/|,|\bor\b|\band\b|&|\bo\b|\bou\b|\boder\b"
    r"|\b)[ \t]{0,2}(?P<value>(?=[^\s]*\d)\w[^\s,;]{2,})",
    re.I,
)

# In characters: without an end, a text of nothing but labels and values would take minutes.
_LONGEST_LIST = 400


def _more_values(text: str, at: int, kind: Kind) -> Found:
    """Further values in a list: "1234 / 5678"."""
    match, most = _MORE.match(text, at), at + _LONGEST_LIST
    while (
        match
        and match.start() < most
        and not re.match(r"\d{1,2}(?::\d\d|[ap]\.?m|st|nd|rd|th)|\d{4}s\b", match["value"], re.I)
    ):
        end = match.start("value") + len(match["value"].rstrip(TRAILING))
        yield Secret(match.start("value"), end, kind, match["value"].rstrip(TRAILING))
        match = _MORE.match(text, end)


def _bare(token: str) -> str:
    return token.strip("\"'“”«»‘’()[]*_").rstrip(".,;:!?")


def _looks_secret(word: str) -> bool:
    """Digits inside, a mask, or letters of mixed size: no ordinary word."""
    if any(letter.isdigit() for letter in word):
        return len(word) >= 3 and not re.fullmatch(
            r"\d{1,2}(?::\d\d)?(?:[ap]\.?m\.?)?|\d{1,3}(?:st|nd|rd|th)|\d{1,2}:\d\d.*", word, re.I
        )
    return bool(re.search(r"X{3}|[a-z][A-Z]", word))


def _is_a_value(word: str) -> bool:
    return bool(_bare(word)) and _bare(word).lower() not in NO_VALUE


def _may_be_a_password(word: str, *, explicit: bool) -> bool:
    if not word or not any(letter.isalnum() for letter in word):
        return False
    if explicit or _looks_secret(word):
        return word.lower() not in NO_VALUE
    return _is_a_value(word) and (len(word) >= 3 or (word.isdigit() and len(word) >= 2))


def _may_be_a_code(word: str, *, explicit: bool) -> bool:
    bare = _bare(word).strip("#*")
    if explicit and re.fullmatch(r"[A-Za-z]{3,}", bare):
        return bare.isupper() or bool(re.search(r"[a-z][A-Z]", bare))
    return _looks_secret(bare)


def _may_be_a_number(word: str, *, explicit: bool) -> bool:
    digits = sum(letter.isdigit() for letter in word)
    if digits and (len(word) >= 5 or (explicit and len(word) >= 4)):
        return True
    if "XXX" in word:
        return True
    return (
        explicit
        and len(word) >= 6
        and word.lower() not in NO_VALUE
        and word.isascii()
        and word[:1].isalpha()
    )


def room_names(text: str) -> Found:
    """Find names of rooms where the name is the way in, as with Jitsi."""
    for match in _ROOM_NAME.finditer(text):
        group = "value" if match["value"] else "other"
        if _is_a_value(match[group]) and match[group].lower() not in PLACE_NOUNS:
            yield Secret(match.start(group), match.end(group), Kind.NUMBER, match[group])


def meet_codes(text: str) -> Found:
    """Find codes of Google Meet: three letters, four, three."""
    for match in _MEET_CODE.finditer(text):
        parts = match[0].split("-")
        if _MEET_CUE.search(text[max(0, match.start() - 60) : match.start()]) or any(
            not set(part) & set("aeiouy") for part in parts
        ):
            yield Secret(match.start(), match.end(), Kind.NUMBER, match[0])


def masks(text: str) -> Found:
    """Find what somebody masked before us, such as XXXXXX."""
    for match in _LONG_MASK.finditer(text):
        yield Secret(match.start(), match.end(), Kind.NOTHING, match[0])
