"""Read a feed from a file or an address, with bounds, into rows. Nothing is believed."""

from __future__ import annotations

import gzip
import http.client
import json
import zlib
from pathlib import Path
from typing import Any, BinaryIO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.utils.translation import gettext as _

MOST_BYTES = 50 * 1024 * 1024
MOST_ROWS = 50_000
TIMEOUT_SECONDS = 30
_PIECE = 1 << 16


class BrokenFeed(Exception):
    """The feed as a whole cannot be used; the text is a sentence that says why."""


def read_feed(source: str, *, most_bytes: int = MOST_BYTES) -> bytes:
    """Return what a file or an http(s) address holds, unpacked. Raises BrokenFeed."""
    scheme = urlsplit(source).scheme.lower()
    if scheme in ("http", "https"):
        data = _fetch(source, most_bytes)
    elif "://" in source:
        raise BrokenFeed(_("Only addresses that begin with http:// or https:// can be read."))
    else:
        data = _read_file(source, most_bytes)
    return _unpacked(data, most_bytes) if data[:2] == b"\x1f\x8b" else data


def rows_of(data: bytes, *, most_rows: int = MOST_ROWS) -> list[Any]:
    """Return the rows of a JSON array. Raises BrokenFeed, with line and column where it can."""
    rows = _parsed(_decoded(data))
    if not isinstance(rows, list):
        raise BrokenFeed(_("The feed is not a list of meetings: it has to begin with “[”."))
    if not rows:
        raise BrokenFeed(_("The feed is an empty list."))
    if len(rows) > most_rows:
        raise BrokenFeed(
            _("The feed has %(rows)d rows; at most %(most)d are taken.")
            % {"rows": len(rows), "most": most_rows}
        )
    return rows


class _OnlyTheWeb(HTTPRedirectHandler):
    """Follow redirects within http and https alone."""

    def redirect_request(
        self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> Request | None:
        if urlsplit(newurl).scheme.lower() not in ("http", "https"):
            raise BrokenFeed(_("The address leads on to one that is not http or https."))
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _fetch(url: str, most_bytes: int) -> bytes:
    headers = {"User-Agent": "Waymeet", "Accept": "application/json"}
    request = Request(url, headers=headers)  # noqa: S310 (the scheme was looked at)
    try:
        with build_opener(_OnlyTheWeb).open(request, timeout=TIMEOUT_SECONDS) as answer:
            return _bounded(answer, most_bytes)
    except HTTPError as error:
        raise BrokenFeed(_("The address answers with %(code)d.") % {"code": error.code}) from error
    except TimeoutError as error:
        raise BrokenFeed(_("The address does not answer in time.")) from error
    except (URLError, http.client.HTTPException, OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise BrokenFeed(_("The address cannot be read: %(why)s.") % {"why": reason}) from error


def _read_file(path: str, most_bytes: int) -> bytes:
    try:
        with Path(path).open("rb") as file:
            return _bounded(file, most_bytes)
    except FileNotFoundError as error:
        raise BrokenFeed(_("There is no file %(path)s.") % {"path": path}) from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise BrokenFeed(_("The file cannot be read: %(why)s.") % {"why": why}) from error


def _bounded(source: BinaryIO | Any, most_bytes: int) -> bytes:
    data = bytearray()
    while piece := source.read(_PIECE):
        data += piece
        if len(data) > most_bytes:
            raise _too_large(most_bytes)
    return bytes(data)


def _unpacked(data: bytes, most_bytes: int) -> bytes:
    unpacking = zlib.decompressobj(wbits=31)
    try:
        plain = unpacking.decompress(data, most_bytes + 1)
    except (zlib.error, gzip.BadGzipFile) as error:
        raise BrokenFeed(_("The feed is packed, and cannot be unpacked.")) from error
    if len(plain) > most_bytes:
        raise _too_large(most_bytes)
    if not unpacking.eof:
        raise BrokenFeed(_("The feed is packed, and ends too early."))
    return plain


def _too_large(most_bytes: int) -> BrokenFeed:
    return BrokenFeed(
        _("The feed is larger than %(most)d megabytes.") % {"most": max(1, most_bytes >> 20)}
    )


def _decoded(data: bytes) -> str:
    if not data.strip():
        raise BrokenFeed(_("The feed is empty."))
    if data[:4] == b"PK\x03\x04":
        raise BrokenFeed(_("The feed is a ZIP archive: unpack it first."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        raise BrokenFeed(
            _("The feed is not UTF-8: line %(line)d, column %(column)d.")
            % _position(before.count(b"\n"), error.start - (before.rfind(b"\n") + 1))
        ) from error
    at = text.find("\0")
    if at >= 0:
        raise BrokenFeed(
            _("The feed holds a NUL byte: line %(line)d, column %(column)d.")
            % _position(text.count("\n", 0, at), at - (text.rfind("\n", 0, at) + 1))
        )
    return text


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise BrokenFeed(
            _("The feed is not valid JSON: line %(line)d, column %(column)d (%(why)s).")
            % {"line": error.lineno, "column": error.colno, "why": error.msg}
        ) from error
    except RecursionError as error:
        raise BrokenFeed(_("The feed is nested too deeply.")) from error
    except ValueError as error:
        raise BrokenFeed(
            _("The feed holds a number that is none: %(why)s.") % {"why": error}
        ) from error


def _no_number(name: str) -> None:
    raise ValueError(name)


def _position(line: int, column: int) -> dict[str, int]:
    return {"line": line + 1, "column": column + 1}
