"""Which web addresses lead into a room, and which to an ordinary page."""

import re

_SERVICES = re.compile(
    r"""(?:^|[./@])(?:
    zoom\.(?:us|com|com\.cn|eu)|zoomgov\.com|zoom\.[a-z.]+|zoomcrc\.com|meet\.google\.com|g\.co|hangouts\.google\.com
    |duo\.google\.com|tel\.meet|teams\.(?:microsoft|live|office)\.com|teams\.ms|dialin\.teams\.microsoft\.com|aka\.ms
    |jit\.si|8x8\.vc|webex\.com|gotomeet\.me|gotomeeting\.com|gotowebinar\.com|goto\.com|joingoto\.com
    |freeconferencecall(?:ing|hd)?\.com|fccdl\.in|freeconference\.com|skype\.com|whereby\.com|appear\.in|wa\.me
    |whatsapp\.com|t\.me|telegram\.(?:me|dog|org)|signal\.(?:group|me|art)|discord\.(?:gg|com)|discordapp\.com|dsc\.gg
    |m\.me|messenger\.com|slack\.com|bluejeans\.com|ringcentral\.com|dialpad\.com|uberconference\.com|chime\.aws
    |starleaf\.com|lifesizecloud\.com|lifesize\.com|clickmeeting\.com|livestorm\.co|gather\.town|kumospace\.com
    |viber\.com|line\.me|groupme\.com|matrix\.to|element\.io|facetime\.apple\.com|startmeeting\.com|turbobridge\.com
    |conferencecall\.co\.uk|powwownow\.com|joinconference\.com|voovmeeting\.com|meeting\.tencent\.com|around\.co
    |doxy\.me|bigmarker\.com|crowdcast\.io|remo\.co|airmeet\.com|hopin\.com|streamyard\.com|butter\.us|digitalsamba\.com
    |riverside\.fm|vsee\.me|eyeson\.com|mikogo\.com|join\.me|zoho\.(?:com|eu)|dingtalk\.com|feishu\.cn|larksuite\.com
    |bit\.ly|tinyurl\.com|t\.co|goo\.gl|ow\.ly|is\.gd|cutt\.ly|rebrand\.ly|tiny\.cc|rb\.gy|s\.id|shorturl\.at|buff\.ly
    |linktr\.ee|lnk\.bio|beacons\.ai|campsite\.bio|taplink\.cc|v\.gd|bl\.ink|lnkd\.in|qrco\.de|l\.ead\.me|forms\.gle
    )(?=$|[:/?#])""",
    re.I | re.X,
)
_ROOM_LABEL = re.compile(
    r"(?:^|\.)(?:meet|meetings?|meets|jitsi|conf|conference|conferencing|visio|visioconf|bbb"
    r"|greenlight|webconf|webinar"
    r"|video|videoconf|videos?call|vc|calls?|talk|chat|join|rooms?|connect|zoom|teams|konferenz"
    r"|besprechung|salas?"
    r"|reunion(?:es)?|lives?|online)\d*\.",
    re.I,
)
_ROOM_PATH = re.compile(
    r"/(?:j|s|w|wc|my|r|b|p|join|joinmeeting|meet|meetings?|meetup-join|rooms?|calls?|conf"
    r"|conference|visio|launch|invite"
    r"|invitation|invites|live|webinar|salas?|reunion|hall|lobby|talk|chat|jitsi|bbb|zoom"
    r"|teams)(?:/[^/\s]|[?#=][^\s]|$)",
    re.I,
)
_ROOM_QUERY = re.compile(
    r"[?&#;](?:pwd|pass\w*|pin|code|key|room|token|tk|mtid|meeting_?(?:id|no|number)|confno"
    r"|confid|invite|join)=[^&\s]{4,}"
    r"|\d{9}",
    re.I,
)
_RANDOM = re.compile(r"^(?=[^/]*\d)(?=[^/]*[a-z])[\w-]{6,}$|[a-z][A-Z]|\d{7,}")
_PAGE_FILE = re.compile(r"\.(?:html?|php|aspx?|pdf|jpe?g|png|docx?)(?:$|[?#])", re.I)


def leads_into_a_room(address: str) -> bool:
    """Whether a web address, with or without its scheme, may lead into a meeting or a chat.

    Known services always do; others by the name of the host, by a word in the
    path or the query, or by a part that looks drawn by lot.
    """
    if is_a_room(address):
        return True
    path = _host_and_path(address)[1]
    if _ROOM_PATH.search("/" + path):
        return True
    parts = re.split(r"[?#]", path, maxsplit=1)[0].split("/")
    return any(_RANDOM.search(part) and not _PAGE_FILE.search(part) for part in parts)


def is_a_room(address: str) -> bool:
    """Whether a web address leads into a meeting or a chat for certain.

    For the address of a listing's own page, which may well be called /meetings/….
    """
    host, path = _host_and_path(address)
    if not path.strip("/") and "?" not in host and "#" not in host:
        return False
    whole = f"{host}/{path}"
    return bool(_SERVICES.search(whole) or _ROOM_LABEL.search(host) or _ROOM_QUERY.search(whole))


def _host_and_path(address: str) -> tuple[str, str]:
    bare = re.sub(r"^[a-z]+:?//", "", address.strip(), flags=re.I)
    host, _, path = bare.partition("/")
    return host, path
