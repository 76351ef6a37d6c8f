"""Pages are sent compressed to visitors, and as they are to people who are signed in."""

import re
import secrets
from gzip import GzipFile
from io import BytesIO

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.deprecation import MiddlewareMixin

# Less is not worth it.
SHORTEST = 200
# Of a page that is made anew for each visitor, the last few bytes take longer than its making.
BROTLI_QUALITY, GZIP_LEVEL = 3, 4
MOST_PADDING = 100
# In the order in which we like them, unless the browser wants none of one.
NAMES = {name: re.compile(rf"\b{name}\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))") for name in ("br", "gzip")}


class CompressForVisitors(MiddlewareMixin):
    """Compress the answer unless the request carries a session.

    The length of a compressed page can tell what is in it (the BREACH attack). A visitor's page
    holds nothing that is not public; a signed-in one may hold what somebody typed beside a secret.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Leave answers to people with a session alone, and what somebody compressed before."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            return response
        # Others are sent bit by bit.
        if not isinstance(response, HttpResponse):
            return response
        if len(response.content) < SHORTEST or response.has_header("Content-Encoding"):
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
        name = next((name for name, wanted in NAMES.items() if wanted.search(accepted)), "")
        compressed = _compressed(response.content, name)
        if len(compressed) < len(response.content):
            response.content = compressed
            response.headers["Content-Length"] = str(len(compressed))
            response.headers["Content-Encoding"] = name
            _weaken_etag(response)
        return response


def _compressed(content: bytes, name: str) -> bytes:
    if name == "br":
        return brotli.compress(content, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY)
    return _gzip(content) if name else content


def _gzip(content: bytes) -> bytes:
    """Also hide the exact length, as Django does: in a name for the file, which nobody reads."""
    padding = "a" * secrets.randbelow(MOST_PADDING)
    written = BytesIO()
    with GzipFile(padding, "wb", GZIP_LEVEL, written, mtime=0) as file:
        file.write(content)
    return written.getvalue()


def _weaken_etag(response: HttpResponseBase) -> None:
    """Another coding is another row of bytes, which a strong mark would deny (RFC 9110, 8.8.1)."""
    etag = response.headers.get("ETag", "")
    if etag.startswith('"'):
        response.headers["ETag"] = f"W/{etag}"
