"""Find join links, meeting numbers, passcodes, phones and e-mail addresses in a text.

It rather finds too much than too little: what it finds is moved to a protected
field and not lost, while a passcode left in a public note cannot be called back.
"""

import re
import unicodedata
from functools import lru_cache

from directory.text.folding import shadow
from directory.text.secrets.addresses import emails, handles, web_addresses
from directory.text.secrets.digits import digits, spelt_digits
from directory.text.secrets.kinds import Found, Kind, Secret
from directory.text.secrets.labels import codes, masks, meet_codes, numbers, passwords, room_names
from directory.text.secrets.people import people

_SUSPICIOUS = re.compile(r"\d[\d\s().,/-]{2,}\d|@|\d#|XXX|://|\.[a-z]{2,6}[/?]|[^\x00-\x7f]")
_SUSPICIOUS_WORDS = (
    "pass", "pw", "p/w", "p.w", "pin", "code", "cod", "kod", "id", "i.d", "pmi", "clave",
    "contras", "mdp", "meet", "zoom", "jitsi", "jit.si", "dot", "slash", "wort", "wachtwoord",
    "senha", "losen", "salasana", "haslo", "parola", "skype", "signal", "telegram", "whats",
    "discord", "viber", "kik", "wechat", "live:", "contact", "ask for", "secretary", "organi",
    "www", "tel:", ".me", ".us", "one", "two", "at]", "(at", "[at", "{at", "nummer", "kennung",
    "whereby", "bbb", "cyfrinair", "call ", "text ", "speak", "email", "e-mail", "key", "heslo",
)  # fmt: skip


# No word is as long: it is hidden whole, since looking into it could take minutes.
_ENDLESS = re.compile(r"[!-~]{1000,}")


@lru_cache(maxsize=4096)
def find_secrets(text: str, *, online: bool = False) -> tuple[Secret, ...]:
    """Return the stretches of `text` to hide, in order and without overlaps.

    `online`: the text tells of a meeting held online, so that any web address
    with a path may be the way in.
    """
    plain, places = shadow(text)
    lowered = plain.lower()
    if (
        places is None
        and not _SUSPICIOUS.search(plain)
        and not any(word in lowered for word in _SUSPICIOUS_WORDS)
    ):
        return ()
    endless = [Secret(*it.span(), Kind.NOTHING) for it in _ENDLESS.finditer(plain)]
    if endless:
        plain = _ENDLESS.sub(lambda it: " " * len(it[0]), plain)
    secrets = [
        *endless,
        *_labelled(plain),
        *web_addresses(plain, online=online),
        *emails(plain),
        *digits(plain),
    ]
    secrets += people(plain, secrets)
    merged = _merged(secrets)
    if places is None:
        return tuple(merged)
    return tuple(_as_written(it, text, plain, places) for it in merged)


def _as_written(secret: Secret, text: str, plain: str, places: list[int]) -> Secret:
    """The same stretch in the text itself; a passcode keeps its accents."""
    value = secret.value
    at = plain.find(value, secret.start, secret.end)
    if value and at >= 0 and secret.kind == Kind.PASSCODE:
        written = text[places[at] : places[at + len(value) - 1] + 1]
        value = "".join(
            it for it in unicodedata.normalize("NFKC", written) if unicodedata.category(it) != "Cf"
        )
    return Secret(places[secret.start], places[secret.end - 1] + 1, secret.kind, value)


def _labelled(text: str) -> Found:
    for find in (passwords, codes, numbers, room_names, meet_codes, masks, handles, spelt_digits):
        yield from find(text)


_STRENGTH = (
    Kind.NOTHING,
    Kind.PHONE,
    Kind.DIAL_IN,
    Kind.NUMBER,
    Kind.PASSCODE,
    Kind.LINK,
    Kind.DOOR,
    Kind.HANDLE,
    Kind.EMAIL,
)


def _merged(secrets: list[Secret]) -> list[Secret]:
    """Overlapping stretches as one, of the kind that says most."""
    merged: list[Secret] = []
    for secret in sorted(
        (it for it in secrets if it.end > it.start), key=lambda it: (it.start, -it.end)
    ):
        last = merged[-1] if merged else None
        if last is None or secret.start >= last.end:
            merged.append(secret)
            continue
        stronger = max((last, secret), key=lambda it: _STRENGTH.index(it.kind))
        merged[-1] = Secret(last.start, max(last.end, secret.end), stronger.kind, stronger.value)
    return merged
