"""Says what a template must not hold: inline script or style, an event attribute, `|safe`.

The Content-Security-Policy would refuse the first three in silence.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRIPT_KINDS_THAT_ARE_DATA = ("application/json", "application/ld+json")
FORBIDDEN = {
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\s(?:on[a-z]+|hx-on[\w:-]*)\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"[\"']\s*javascript:", re.IGNORECASE),
    "|safe, |safeseq or autoescape off": re.compile(r"\|\s*safe(?:seq)?\b|autoescape\s+off"),
    "a request to somebody else's server": re.compile(
        r"<(?:script|img|iframe|link|source|video|audio)\b[^>]*\s(?:src|href)\s*=\s*[\"']?(?:https?:)?//",
        re.IGNORECASE,
    ),
}
SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.IGNORECASE | re.DOTALL)
LINES_AT_MOST = 120


def main() -> None:
    """End with one line for each thing that is found."""
    problems = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        text = path.read_text()
        name = path.relative_to(ROOT)
        problems += [f"{name}: holds {what}" for what in found_in(text)]
        if text.count("\n") > LINES_AT_MOST:
            problems.append(f"{name}: more than {LINES_AT_MOST} lines")
    if problems:
        sys.exit("\n".join(problems))


def found_in(text: str) -> list[str]:
    """Name what a template must not hold and does."""
    found = [what for what, pattern in FORBIDDEN.items() if pattern.search(text)]
    for attributes, content in SCRIPT.findall(text):
        is_data = any(kind in attributes for kind in SCRIPT_KINDS_THAT_ARE_DATA)
        if content.strip() and not is_data:
            found.append("an inline script")
    return found


if __name__ == "__main__":
    main()
