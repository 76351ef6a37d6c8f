"""QR codes as SVG: an address that a phone reads from paper."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

import segno

# One of the eight masks; readers understand each. Trying all of them for the best takes four
# times as long.
MASK = 3
# White modules around the code, without which a reader may miss it (ISO/IEC 18004).
QUIET_ZONE = 4


@lru_cache(maxsize=512)
def qr_svg(text: str) -> str:
    """Return an <svg> element that stands inside a page; its size is a matter of the sheet.

    Raises ValueError where `text` is too long for a QR code, from about 2,300 letters on.
    """
    return str(_made(text).svg_inline(border=QUIET_ZONE, light="#fff", omitsize=True))


def qr_file(text: str) -> bytes:
    """Return an SVG file. Raises ValueError as `qr_svg` does."""
    file = BytesIO()
    _made(text).save(
        file, kind="svg", border=QUIET_ZONE, light="#fff", omitsize=True, xmldecl=False
    )
    return file.getvalue()


def _made(text: str) -> segno.QRCode:
    return segno.make_qr(text, error="m", mask=MASK)
