"""Words that somebody types who may be in danger. Who answers at once is then shown first.

Phrases, not single words: who lost somebody by suicide looks for a group, and writes so.
"""

from __future__ import annotations

from functools import cache

from directory.text.asked_words import words_of

_PHRASES = (
    "kill myself, killing myself, end my life, ending my life, take my life, end it all, "
    "want to die, wanna die, better off dead, no reason to live, not want to live, "
    "dont want to live, don't want to live, suicidal, self harm, self harming, hurt myself, "
    "hurting myself, harm myself, cut myself, cutting myself, took an overdose, "
    # Spanish
    "matarme, suicidarme, quitarme la vida, quiero morir, quiero morirme, ganas de morir, "
    "no quiero vivir, hacerme daño, cortarme, autolesión, autolesiones, "
    # French
    "me tuer, me suicider, en finir, envie de mourir, veux mourir, veux plus vivre, "
    "me faire du mal, me couper, me mutiler, automutilation, suicidaire, "
    # Arabic
    "أقتل نفسي, قتل نفسي, أنتحر, الانتحار, أريد أن أموت, أريد الموت, إيذاء نفسي, أؤذي نفسي"
)
# By themselves, and not beside "bereaved by" or "my son's".
_ALONE = "suicide, suicidio, انتحار"


def may_be_in_danger(words: str) -> bool:
    """Return whether these words may come from somebody who is in danger now."""
    said = tuple(word.text for word in words_of(words))
    if said in _phrases(_ALONE):
        return True
    phrases = _phrases(_PHRASES)
    longest = max(map(len, phrases))
    return any(
        said[start:end] in phrases
        for start in range(len(said))
        for end in range(start + 1, min(len(said), start + longest) + 1)
    )


@cache
def _phrases(written: str) -> frozenset[tuple[str, ...]]:
    return frozenset(
        tuple(word.text for word in words_of(phrase)) for phrase in written.split(", ")
    )
