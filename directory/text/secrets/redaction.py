"""Take secrets out of a public text, so that it still reads well."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from directory.text.folding import fold
from directory.text.secrets.finding import find_secrets
from directory.text.secrets.kinds import Kind, Secret
from directory.text.secrets.words import GLUE, LABEL, WANTS_OBJECT

ROOM_NOTE = "(given after sign-up)"
PERSON_NOTE = "(kept private)"

_ROOM, _PERSON = "\ue000", "\ue001"  # stand for what was taken out while the rest is tidied
_MARKS = re.compile(f"([{_ROOM}{_PERSON}])")
_DIGIT = re.compile(r"\d")
_RUN_OF_MARKS = re.compile(rf"([{_ROOM}{_PERSON}])(?:[ \t,;]*[{_ROOM}{_PERSON}])+")
_SENTENCE = re.compile(r"((?<=[.!?])\s+|(?<=[a-z][.!?])(?=[A-Z]))")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_LAST_WORD = re.compile(r"(?P<word>[^\W_]+(?:['’.-][^\W_]+)*)[\s:;,.=#\-–—(\[|/*\"'“<>&+]*$")
_EMPTY_BRACKETS = re.compile(r"[(\[{]\s*[)\]}]|\"\s*\"|“\s*”")
_BEFORE_MARK = re.compile(r"\s+([,.;:!?)])")
# A line with nothing but a number or "or", in a text that had secrets.
_LONE = re.compile(
    r"(?=[\d\s#*-]*?\d[\d\s#*-]{3})[\d\s#*-]++"
    r"|\s*+(?:or|and|o|y|ou|et|oder|und|[*:;,.|/-]+)\s*",
    re.I,
)
_GLUE = frozenset(fold(word) for word in GLUE)
_WANTS = frozenset(fold(word) for word in WANTS_OBJECT)
_LABEL = frozenset(fold(word) for word in LABEL) - _WANTS
_CALL = frozenset("call text phone ring email e-mail contact".split())
_AT_START = re.compile(r"^[\s,;:.)\]=\-–—|/&+>]+")
_AT_END = re.compile(r"[\s,;:(\[=\-–—|/&+<]+$")


@dataclass(frozen=True, slots=True)
class Redaction:
    """A text without its secrets, and what was taken out."""

    text: str
    secrets: tuple[Secret, ...] = ()
    removed: tuple[tuple[Kind, str], ...] = ()

    def values(self, kind: Kind) -> list[str]:
        """What of one kind was found, each once."""
        return list(dict.fromkeys(it.value for it in self.secrets if it.kind == kind and it.value))


def redact(
    text: str, *, online: bool = False, known: Sequence[str] = (), people_only: bool = False
) -> Redaction:
    """Return `text` without join links, meeting numbers, passcodes, phones and e-mail addresses.

    `known` are secrets from elsewhere that must not stand here either; `people_only`
    takes out what reaches a person, and leaves the way into the room. A text in
    which nothing is found is returned as it is; redacting twice is redacting once.
    """
    text = _MARKS.sub("", text)
    secrets = find_secrets(text, online=online)
    if people_only:
        secrets = tuple(it for it in secrets if it.kind.is_personal)
    spans = sorted([*secrets, *_known_in(text, known)], key=lambda it: it.start)
    if not spans:
        return Redaction(text)
    removed = tuple((it.kind, text[it.start : it.end].strip()) for it in spans)
    tidy = _tidied(_marked(text, spans))
    if tidy == text:
        return Redaction(text)
    # What is left may read as a secret only now.
    again = redact(tidy, online=online, known=known, people_only=people_only)
    return Redaction(again.text, (*secrets, *again.secrets), (*removed, *again.removed))


def _known_in(text: str, known: Sequence[str]) -> list[Secret]:
    found: list[Secret] = []
    for secret in dict.fromkeys(known) if _DIGIT.search(text) else ():
        digits = re.sub(r"\D", "", secret)
        if len(digits) >= 6 and len(digits) >= len(secret) - 6:
            pattern = r"(?<!\d)" + r"[\s().,·/_-]{0,2}".join(digits) + r"(?!\d)"
        else:
            pattern = rf"(?<!\w){re.escape(secret)}(?!\w)"
        found += [Secret(it.start(), it.end(), Kind.NUMBER) for it in re.finditer(pattern, text)]
    return found


def _marked(text: str, spans: list[Secret]) -> str:
    parts, at = [], 0
    for span in spans:
        if span.end <= at:
            continue
        parts += [text[at : max(at, span.start)], _PERSON if span.kind.is_personal else _ROOM]
        at = span.end
    return _RUN_OF_MARKS.sub(r"\1", "".join([*parts, text[at:]]))


def _tidied(marked: str) -> str:
    lines: list[str] = []
    for line in marked.split("\n"):
        if not _MARKS.search(line):
            if not _LONE.fullmatch(line):
                lines.append(line)
            continue
        kept = _tidy_line(line)
        if kept is not None:
            lines.append(kept)
            continue
        while lines and not lines[-1].strip():
            lines.pop()
        if lines and lines[-1].rstrip().endswith(":"):
            before = lines.pop()
            lines += [] if _is_glue(_words(before)) else [f"{before.rstrip()} {ROOM_NOTE}"]
        lines.append("")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _tidy_line(line: str) -> str | None:
    """A line with its marks replaced, or None when nothing is left to say."""
    parts = _SENTENCE.split(line)
    sentences = parts[::2]
    said = [_tidy_sentence(part) if _MARKS.search(part) else part for part in sentences]
    for place, following in enumerate(sentences[1:]):  # "Tel." before a number
        if (
            _MARKS.search(following)
            and len(_words(said[place])) == 1
            and _is_glue(_words(said[place]))
        ):
            said[place] = ""
    gaps = [*parts[1::2], ""]
    kept = "".join(sentence + gap for sentence, gap in zip(said, gaps, strict=True) if sentence)
    kept = _AT_START.sub("", kept) if not said[0] or _MARKS.search(parts[0]) else kept
    kept = kept.strip()
    return kept if _WORD.search(kept) else None


def _tidy_sentence(sentence: str) -> str:
    pieces = _MARKS.split(sentence)
    out: list[str] = []
    for number in range(0, len(pieces), 2):
        mark, behind = [*pieces[number + 1 : number + 3], "", ""][:2]
        out.append(_tidy_piece(pieces[number], mark, behind, first=number == 0))
    text = " ".join(piece for piece in (it.strip() for it in out) if piece)
    text = _BEFORE_MARK.sub(r"\1", _EMPTY_BRACKETS.sub(" ", text))
    text = re.sub(r"[ \t]{2,}", " ", text).strip()
    end = sentence.rstrip()[-1:]
    text = _AT_END.sub("", text)
    if not _WORD.search(text):
        return ""
    return text + end if end in ".!?" and text[-1] not in ".!?" else text


def _tidy_piece(piece: str, mark: str, behind: str, *, first: bool) -> str:
    """What stands before a mark, or behind the last one."""
    words = _words(piece)
    note = PERSON_NOTE if mark == _PERSON else ROOM_NOTE
    if _is_glue(words) and (mark or not first):
        goes_on = re.match(r"\s+[a-z]", behind) and not _is_glue(_words(behind))
        return f"{piece.strip()} {note}" if goes_on and words and words[-1] in _CALL else ""
    if not mark:
        return _AT_START.sub("", piece) if re.match(r"\s*[:;=|/)\]>]", piece) else piece
    while (last := _LAST_WORD.search(piece)) and fold(last["word"]) in _LABEL:
        piece = piece[: last.start()]
    last = _LAST_WORD.search(piece)
    if last and fold(last["word"]) in _WANTS:
        return f"{piece[: last.end('word')]} {note}"
    return _AT_END.sub("", piece)


def _is_glue(words: list[str]) -> bool:
    return all(word in _GLUE or (word.isdigit() and len(word) < 3) for word in words)


def _words(text: str) -> list[str]:
    return [fold(word) for word in _WORD.findall(text)]
