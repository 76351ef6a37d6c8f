"""Monthly and fortnightly patterns in free text, offered to a facilitator as a rule.

A feed knows weekly meetings only, so "2nd and 4th Monday" stands in its notes.
"""

from __future__ import annotations

import re

from directory.recurrence import WEEKDAYS
from directory.text import fold

_NTH = {
    "1st": 1, "first": 1, "2nd": 2, "second": 2, "3rd": 3, "third": 3, "4th": 4, "fourth": 4,
    "5th": 5, "fifth": 5, "last": -1, "final": -1, "primer": 1, "primero": 1, "segundo": 2,
    "tercer": 3, "tercero": 3, "cuarto": 4, "ultimo": -1, "premier": 1, "1er": 1, "deuxieme": 2,
    "2e": 2, "troisieme": 3, "3e": 3, "quatrieme": 4, "4e": 4, "dernier": -1,
}  # fmt: skip
_DAYS = {
    "mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6, "lun": 0, "mar": 1,
    "mie": 2, "mer": 2, "jue": 3, "jeu": 3, "vie": 4, "ven": 4, "sab": 5, "sam": 5, "dom": 6,
    "dim": 6,
}  # fmt: skip
_EACH = "|".join(sorted(map(re.escape, _NTH), key=len, reverse=True))
_MONTHLY = re.compile(
    rf"\b(?P<nths>(?:{_EACH})(?:\s*(?:,|and|&|/|\+|y|et|,\s*and)\s*(?:the\s+)?(?:{_EACH}))*)\s+"
    r"(?P<day>mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?"
    r"|lunes|martes|miercoles|jueves|viernes|sabado|domingo|lundi|mardi|mercredi|jeudi|vendredi"
    r"|samedi|dimanche)s?\b"
)
_FORTNIGHTLY = re.compile(
    r"\b(?:every (?:other|second|2nd|two|2) weeks?|every other (?:[a-z]+day)|fortnightly"
    r"|every fortnight|bi-?weekly"
    r"|alternate (?:weeks|[a-z]+days)|cada dos semanas|toutes les deux semaines"
    r"|une semaine sur deux)\b"
)
# A sentence with one of these tells of something else than when the group meets.
_ABOUT_ELSE = re.compile(
    r"\b(?:open|closed|birthdays?|celebrat\w*|speakers?|business|newcomers?|beginners?"
    r"|no meeting|not|except|cancel\w*|potluck"
    r"|anniversar\w*|chips?|steering|committee|intergroup|conscience|social|lunch|movie)\b"
)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n")


def suggested_rule(text: str, days: tuple[str, ...]) -> tuple[str, str] | None:
    """Return a rule that free text speaks of, with the words it was read from; or None.

    `days` are the weekdays the feed names: a pattern of another day is not believed.
    """
    for sentence in _SENTENCE.split(text):
        folded = fold(sentence)
        if _ABOUT_ELSE.search(folded):
            continue
        for found in _MONTHLY.finditer(folded):
            day = WEEKDAYS[_DAYS[found["day"][:3]]]
            if not days or day in days:
                nths = dict.fromkeys(_NTH[word] for word in re.findall(rf"{_EACH}", found["nths"]))
                rule = "FREQ=MONTHLY;BYDAY=" + ",".join(f"{nth}{day}" for nth in nths)
                return rule, found[0]
        fortnightly = _FORTNIGHTLY.search(folded)
        if fortnightly and days:
            return f"FREQ=WEEKLY;INTERVAL=2;BYDAY={','.join(days)}", fortnightly[0]
    return None
