"""Names of people beside a phone number or an e-mail address."""

import re

from directory.text.secrets.kinds import Found, Kind, Secret
from directory.text.secrets.words import PLACE_NOUNS

_NAME = (
    r"(?:(?:Mr|Mrs|Ms|Dr|Rev|Fr|Sr|Sra)\.?\s)?[A-Z][A-Za-z'-]{1,20}"
    r"(?:[ \t](?:[A-Z][A-Za-z'-]{1,20}|[A-Z]\b\.?)){0,2}"
)
_NAME_BEFORE = re.compile(
    rf"(?:(?:[Cc]ontact|[Cc]all|[Tt]ext|[Pp]hone|[Rr]ing|[Aa]sk(?:\sfor)?|[Ss]peak\s(?:to|with)"
    rf"|[Ee]-?mail|[Ss]ee)[:\s]+)?(?P<name>{_NAME})"
    r"[\s,:;(/-]{0,4}(?:\b(?:at|on|by|via|phone|tel|cell|mobile|text|al|au|unter|a|en)\b[\s:.]*)?$"
)
_NAME_AFTER = re.compile(
    rf"\s?(?:\(\s?(?:ask\sfor\s)?(?P<name>{_NAME})\s?\)|[\s,-]{{0,3}}(?:ask\sfor"
    rf"|and\sask\sfor)\s(?P<asked>{_NAME}))"
)
_NAMED = re.compile(
    r"\b(?:[Cc]ontact|[Cc]all|[Tt]ext|[Aa]sk\sfor|[Ss]peak\s(?:to|with)|[Ee]-?mail|[Ss]ecretary"
    r"|[Oo]rgani[sz]er)[:\s]+"
    r"(?P<name>[A-Z][a-z'-]{1,20}\s[A-Z]\b\.?)(?!\w)"
)


def people(text: str, secrets: list[Secret]) -> Found:
    """The names that stand beside a phone or an e-mail address."""
    for secret in secrets:
        if secret.kind not in (Kind.PHONE, Kind.EMAIL, Kind.DIAL_IN):
            continue
        before = _NAME_BEFORE.search(text, max(0, secret.start - 60), secret.start)
        name = _without_nouns(before["name"]) if before else ""
        if before and _is_a_name(name):
            yield Secret(before.end("name") - len(name), secret.start, Kind.PHONE, name)
        after = _NAME_AFTER.match(text, secret.end)
        if after and _is_a_name(after["name"] or after["asked"]):
            yield Secret(secret.end, after.end(), Kind.PHONE, after["name"] or after["asked"])
    for match in _NAMED.finditer(text):
        if _is_a_name(match["name"]):
            yield Secret(match.start("name"), match.end("name"), Kind.PHONE, match["name"])


def _without_nouns(name: str) -> str:
    """Leave what follows the last word that is no name: "WhatsApp Jane", "Main Hall John B."."""
    words = name.split(" ")
    nouns = [place for place, word in enumerate(words[:-1]) if _is_no_name(word)]
    return " ".join(words[nouns[-1] + 1 :]) if nouns else name


def _is_no_name(word: str) -> bool:
    return word.lower() in PLACE_NOUNS or (len(word) == 2 and word.isalpha() and word.isupper())


def _is_a_name(name: str) -> bool:
    words = [word.strip(".'") for word in name.split()]
    return bool(words) and not any(_is_no_name(word) for word in words)
