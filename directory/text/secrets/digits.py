"""Phone numbers and meeting numbers, with or without a word beside them."""

import re

from directory.text.secrets.kinds import Found, Kind, Secret

_DIAL_STRING = re.compile(
    r"\+?\(?\d[\d\s().-]{5,18}\d(?:\s?,{1,9}\s?[\w*#&@!.=+/-]{0,60}){1,9}", re.I
)
_KEYPAD = re.compile(r"(?<![\w#])[*#]?\d{4,}[ \t]?#(?!\d)|\d{3,}(?:[\s-]\d{2,5}){1,3}[ \t]?#(?!\d)")
_RUN = re.compile(
    r"(?<![\w.,/-])\+?\(?\d"
    r"(?:[ \t]{0,2}(?:[-()/·•‧_–]|\.(?![ \t]))?[ \t]{0,2}\d|\)\s?-?\s?\d){6,60}"
    r"(?![\w%])"
)
_GROUP = re.compile(r"\d+")
_NINE_DIGITS = re.compile(r"\d{9,}")
# The sizes of groups in which people write phone numbers and meeting numbers.
_SHAPES = frozenset(
    {
        (3, 3, 4), (3, 4, 4), (3, 3, 3), (3, 4, 3), (4, 3, 3), (4, 4, 3), (4, 3, 4),
        (4, 4, 4), (3, 3, 5), (3, 3, 6), (5, 3, 3), (5, 6), (4, 6), (4, 7), (3, 7), (3, 8),
        (5, 5), (6, 6), (5, 4, 2), (3, 3, 3, 3), (3, 3, 3, 2), (3, 3, 3, 4),
        (3, 3, 3, 3, 3), (1, 3, 3, 4), (1, 3, 4, 4), (1, 10), (2, 10), (2, 4, 4),
        (2, 4, 3, 3), (2, 3, 3, 3), (2, 2, 3, 4), (2, 3, 3, 4), (2, 3, 4, 4), (2, 2, 4, 4),
        (2, 4, 6), (2, 5, 6), (3, 6), (4, 5), (6, 5), (2, 8), (3, 2, 2, 2), (3, 3, 2, 2),
        (4, 2, 2, 2), (1, 4, 4), (4, 4, 2), (4, 2, 4), (3, 4, 2, 2), (2, 3, 2, 2),
        (1, 1, 3, 3, 4),
    }
)  # fmt: skip
# "#318 7405 52 Ave": unit, house and street.
_STREET = re.compile(
    r"[ \t](?:[nsew]{1,2}\.?[ \t])?(?:street|st|avenue|ave?|road|rd|boulevard|blvd|drive|dr"
    r"|lane|ln|way|place|court|ct|square|sq|crescent|terrace|trail)\b"
    r"(?!\.?[ \t](?-i:[A-Z][a-z]))",
    re.I,
)
# Right behind one of these, nine digits are a number however they are grouped.
_NUMBER_CUE = re.compile(
    r"(?:zoom|meet|meeting|webex|teams|\bid|pmi|dial|phone|call|tel|conference|code|skype)\W{0,4}$",
    re.I,
)
_DIAL_CUE = re.compile(
    r"(?:\bdial|call[\s-]?in|conference|\bzoom\b|\baudio|\bjoin\b|one[\s-]tap|toll|bridge"
    r"|by phone|phone[\s:#.no-]*$|\btel\w*[\s:.]*$"
    r"|marca|llamar|numero|einwahl|einwahlen|composez)[^.!?\n]{0,40}$",
    re.I,
)
_PERSON_CUE = re.compile(
    r"\b(?:contact|text|ring|sms|mobile|cell|speak|ask|questions?|info\w*|whatsapp|secretary"
    r"|organi[sz]er|sponsor|(?<!conference\s)call)\b[^!?\n]{0,40}$",
    re.I,
)
_PHONE_CUE = re.compile(
    r"\b(?:call|phone|tel\w*|text|ring|dial|contact|cell|mobile|whatsapp|sms|fax|ph"
    r"|mob)\b(?:\s?(?:number|no\b|nr\b|us|me|at|on))*[\s:.#]*$",
    re.I,
)
_SHORT_PHONE = re.compile(r"(?<![\w.,/-])\d{3}[-. ]\d{4}(?![\w-])|(?<![\w.,/-])\d{6,8}(?![\w-])")
_SPELT = re.compile(
    r"\b(?:(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)[\s,.-]+){4,}"
    r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)\b",
    re.I,
)


_HAS_DIGITS = re.compile(r"\d(?:\D{0,3}\d){5}|\d\s?#")


def digits(text: str) -> Found:
    """Find phone numbers and meeting numbers by their shape."""
    if not _HAS_DIGITS.search(text):
        return
    for match in _DIAL_STRING.finditer(text) if "," in text else ():
        written = match[0].rstrip(" ,.")
        if ",," in written or written.endswith("#"):
            yield Secret(match.start(), match.start() + len(written), Kind.DIAL_IN, written)
    for match in _KEYPAD.finditer(text):
        yield Secret(match.start(), match.end(), Kind.NUMBER, match[0])
    for match in _RUN.finditer(text):
        yield from _run(text, match.start(), match.end())
    for match in _NINE_DIGITS.finditer(text):
        yield from _token_around(text, match)
    for match in _SHORT_PHONE.finditer(text):
        if _PHONE_CUE.search(text[max(0, match.start() - 30) : match.start()]):
            yield _phone(text, match.start(), match.end())


_LONGEST_TOKEN = 300


def _token_around(text: str, nine: re.Match[str]) -> Found:
    """A word that holds nine digits between letters: "zoomid81234567890"."""
    start, end = nine.start(), nine.end()
    while start and end - start < _LONGEST_TOKEN and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and end - start < _LONGEST_TOKEN and not text[end].isspace():
        end += 1
    token = text[start:end].rstrip(".,;:!?)")
    if nine.start() > start and re.search(r"[a-z%_=]", token, re.I):
        yield Secret(start, start + len(token), Kind.NUMBER, token)


def _run(text: str, start: int, end: int) -> Found:
    """The phone or meeting number that a run of digit groups holds, with all that follows it."""
    groups = list(_GROUP.finditer(text, start, end))
    while len(groups) > 1 and re.match(r"(?::\d\d|\s*[ap]\.?m\b)", text[groups[-1].end() :], re.I):
        groups.pop()  # a time of day that follows
    for first in range(len(groups)):
        for last in range(len(groups), first, -1):
            begin = start if first == 0 else groups[first].start()
            if _is_a_number(text, begin, groups[first:last]):
                yield _phone(text, begin, groups[-1].end())
                yield from _beside_number(text, groups[-1].end())
                return


def _is_a_number(text: str, begin: int, groups: list[re.Match[str]]) -> bool:
    written = text[begin : groups[-1].end()]
    sizes = tuple(len(group[0]) for group in groups)
    if not 7 <= sum(sizes) <= 17 or _looks_like_dates(groups, written):
        return False
    if written.startswith(("+", "00")):
        return True
    if sum(sizes) < 9 or sizes == (5, 4):
        return False
    if len(groups) == 1 or set(sizes) == {1}:
        return True
    shaped = written.lstrip("(").startswith("0") or sizes in _SHAPES
    named = _NUMBER_CUE.search(text, max(0, begin - 20), begin)
    is_street = sizes[-1] <= 3 and _STREET.match(text, groups[-1].end())
    return bool(shaped or named) and not is_street


_BESIDE = re.compile(
    r"(?:\s*[/|,;:-]\s*|\s(?:and|then|y|et|und)\s)(?P<value>\w*\d\w*)(?!,,)(?=\W|$)"
    r"|\s?/\s?(?P<word>[a-z]{3,})",
    re.I,
)


def _beside_number(text: str, at: int) -> Found:
    """A passcode that follows a number behind a stroke: "845 1234 5678 / 331144"."""
    match = _BESIDE.match(text, at)
    if match:
        group = "value" if match["value"] else "word"
        if group == "word" or 4 <= len(match[group]) <= 12:
            yield Secret(match.start(group), match.end(group), Kind.PASSCODE, match[group])


def _phone(text: str, start: int, end: int) -> Secret:
    before = text[max(0, start - 60) : start]
    value = text[start:end].strip(" .-/")
    personal, dial = _PERSON_CUE.search(before), _DIAL_CUE.search(before)
    if dial and not (personal and personal.start() > dial.start()):
        return Secret(start, end, Kind.DIAL_IN, value)
    return Secret(start, end, Kind.PHONE, value)


def _looks_like_dates(groups: list[re.Match[str]], written: str) -> bool:
    numbers = [group[0] for group in groups]
    if "".join(numbers) in "123456789101112":  # steps, counted up
        return True
    if all(len(number) == 4 and 1800 <= int(number) <= 2100 for number in numbers):
        return True
    if all(
        len(number) == 4 and int(number[:2]) < 25 and number[2:] in ("00", "15", "30", "45")
        for number in numbers
    ):
        return True
    return bool(
        re.match(
            r"\(?(?:(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:19"
            r"|20)\d\d)(?:\D|$)",
            written,
        )
    )


def spelt_digits(text: str) -> Found:
    """Find numbers written in words: "eight four five …"."""
    for match in _SPELT.finditer(text):
        yield Secret(match.start(), match.end(), Kind.NUMBER, match[0])
