"""Web addresses that lead into a room, e-mail addresses, and names on messengers."""

import re

from directory.text.secrets.hosts import leads_into_a_room
from directory.text.secrets.kinds import Found, Kind, Secret
from directory.text.secrets.words import NO_VALUE

TRAILING = ".,;:!?)]}>'\"*…"

_DOT = r"(?:\.|\s?[\[({]\s?(?:\.|dot|punto|point|punkt)\s?[\])}]\s?|\s(?:dot|punto|punkt)\s)"
_SLASH = r"(?:/|\s(?:forward\s|back)?slash\s)"
_TOP = (
    r"(?:com|org|net|info|edu|gov|mil|int|io|app|me|us|uk|co|ca|au|nz|ie|za|in|eu|de|at|ch|fr|es"
    r"|pt|it|nl|be|lu|dk|se|no|fi|is"
    r"|pl|cz|sk|hu|ro|bg|gr|hr|si|rs|ua|ru|tr|il|ir|ae|jp|cn|hk|tw|kr|sg|my|th|ph|id|vn|br|mx|ar"
    r"|cl|pe|cat|scot|wales|cymru"
    r"|live|chat|video|online|link|social|group|team|tech|dev|site|space|cloud|click|page|world"
    r"|life|care|health|support"
    r"|xyz|club|ly|gl|gd|gg|ee|vc|fm|tv|to|cc|gy|biz|aws|ms|ai|so|chime|zone|network|community"
    r"|help|events|aero|pro|cx|sh)"
)
_ADDRESS = re.compile(
    rf"(?P<scheme>\b(?:h(?:tt|xx|\*\*)ps?|zoommtg|zoomus|msteams|skype|sips?|tel|callto|facetime"
    rf"|whatsapp|tg|sgnl|webcal|ftp)"
    rf"\s?(?::\s?(?:{_SLASH}\s?){{0,2}}|{_SLASH}{{2}}))?"
    rf"(?:(?<=:)|(?<=/)|(?<=/\s)|(?<=:\s)"
    rf"|(?<![\w@.-]))(?P<host>(?:[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?{_DOT}){{1,6}}{_TOP}\b(?!@)(?::\d+)?)"
    rf"(?P<path>(?:\s?{_SLASH}\s?|[?#])(?:[^\s<>\"]|\s(?:forward\s)?slash\s)*)?",
    re.I,
)
_OTHER_SCHEME = re.compile(
    r"\b(?:h(?:tt|xx)ps?|zoommtg|zoomus|msteams|skype|sips?|callto|facetime|whatsapp|tg"
    r"|sgnl)\s?:\s?[^\s<>\"]{3,}",
    re.I,
)
# The best known services, also with spaces around dots and strokes.
_SPACED = re.compile(
    r"(?:[a-z0-9-]+\.)?(?:zoom\s?\.\s?us|meet\s?\.\s?google\s?\.\s?com|jit\s?\.\s?si"
    r"|teams\s?\.\s?(?:microsoft|live)\s?\.\s?com|webex\s?\.\s?com|whereby\s?\.\s?com)"
    r"(?:\s?/\s?[\w?=&.%#+-]+)+",
    re.I,
)
_LINK_CUE = re.compile(
    r"(?:\bjoin\b|zoom|\blog[\s-]?in\b|\bsign[\s-]?in\b|virtual|video|\bconnect\b|jitsi|skype"
    r"|webex|conference|\blink\b|\bclick\b"
    r"|online\s*(?:at|via|on|:|-|\()|\bmeet\s*(?:at|via|on|:)|enlace|\blien\b|unirse|unete"
    r"|rejoindre|beitreten|teilnehmen"
    r"|whatsapp|telegram|\bsignal\b|discord)[^.!?\n]{0,60}$",
    re.I,
)
_WRAPPED = re.compile(r"[ \t]?\n[ \t]?[?&]?[\w.%-]*=\S+|\s(?=pwd=)\S+", re.I)
_WRAPPED_NUMBER = re.compile(r"[ \t]?\n[ \t]?\d[\w?=&.%+-]*")

_AFTER_EQUALS = re.compile(r"\s{0,2}[^\s]+")
_HAS_HOST = re.compile(r"[.\])}]\s?[a-z0-9]|\bdot\b|\bpunto\b|\bpunkt\b", re.I)


def web_addresses(text: str, *, online: bool) -> Found:
    """Find web addresses that may lead into a room; others stay."""
    if not _HAS_HOST.search(text) and ":" not in text:
        return
    for match in _ADDRESS.finditer(text):
        plain = _written_out(match[0])
        if not (match["scheme"] or match["path"] or leads_into_a_room(plain)):
            continue
        end = match.end() - (len(match[0]) - len(match[0].rstrip(TRAILING)))
        before = text[max(0, match.start() - 90) : match.start()]
        if not (
            leads_into_a_room(plain.rstrip(TRAILING))
            or _LINK_CUE.search(before)
            or (online and match["path"])
        ):
            continue
        if match["path"]:
            end = _end_behind_a_break(text, match.start(), end)
        yield Secret(match.start(), end, Kind.LINK, _written_out(text[match.start() : end]))
    for match in _SPACED.finditer(text):
        end = match.start() + len(match[0].rstrip(TRAILING))
        yield Secret(match.start(), end, Kind.LINK, _written_out(match[0]))
    for match in _OTHER_SCHEME.finditer(text):
        before = text[max(0, match.start() - 90) : match.start()]
        if (
            not match[0].lower().startswith(("http", "hxxp"))
            or leads_into_a_room(match[0])
            or _LINK_CUE.search(before)
        ):
            end = match.start() + len(match[0].rstrip(TRAILING))
            yield Secret(match.start(), end, Kind.LINK, match[0].rstrip(TRAILING))


def _end_behind_a_break(text: str, start: int, end: int) -> int:
    """Return where an address ends that a line break has cut."""
    if text[end - 1] == "=":
        pattern = _AFTER_EQUALS
    else:
        is_cut = re.search(r"/\d{1,8}$", text[start:end])
        pattern = _WRAPPED_NUMBER if is_cut and _WRAPPED_NUMBER.match(text, end) else _WRAPPED
    rest = pattern.match(text, end)
    return rest.end() if rest else end


def _written_out(address: str) -> str:
    """The address as a browser wants it."""
    plain = re.sub(
        r"\s?[\[({]\s?(?:\.|dot|punto|point|punkt)\s?[\])}]\s?|\s(?:dot|punto|punkt)\s",
        ".",
        address,
        flags=re.I,
    )
    plain = re.sub(r"\s(?:forward\s|back)?slash\s", "/", plain, flags=re.I)
    plain = re.sub(r"^h(?:xx|\*\*)p", "http", "".join(plain.split()), flags=re.I).rstrip(TRAILING)
    return plain if re.match(r"[a-z]+:", plain, re.I) else f"https://{plain}"


_EMAIL = re.compile(
    rf"(?:mailto:\s?)?[\w.+%'-]*[\w+]\s?(?:@|[\[({{]\s?(?:at|@)\s?[\])}}]"
    rf"|\sat\s(?=[\w-]+\sdot\s))\s?[\w-]+(?:{_DOT}[\w-]+)+",
    re.I,
)
_HANDLE = re.compile(
    r"\b(?:(?:telegram|signal|whats\s?app|wechat|weixin|viber|kik|snapchat|discord|skype"
    r"|messenger|facetime|imessage|line\sid|venmo|cash\s?app|zelle)\b"
    r"(?:\s(?:id|group|chat|handle|user(?:name)?|name|server|channel|room|call|us|me|to|at|on|is"
    r"|grupo))*\s*(?:[:=]\s*@?|@)|live:)(?P<value>(?!//)[^\s,;()]{3,})",
    re.I,
)


def emails(text: str) -> Found:
    """Find e-mail addresses, also those written with "at" and "dot"."""
    if "@" not in text and not re.search(r"[\[({]\s?at|\bat\b.*\bdot\b", text, re.I):
        return
    for match in _EMAIL.finditer(text):
        kind = Kind.LINK if leads_into_a_room(match[0].partition("@")[2] + "/x") else Kind.EMAIL
        yield Secret(match.start(), match.end(), kind, match[0])


def handles(text: str) -> Found:
    """Find names on messengers."""
    for match in _HANDLE.finditer(text):
        if match["value"].lower().strip(TRAILING) not in NO_VALUE:
            yield Secret(match.start(), match.end(), Kind.HANDLE, match[0])
