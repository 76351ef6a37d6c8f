"""Runs the accessibility rules of axe in an open page."""

from functools import cache

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Page

# WCAG 2.2 AA, and what axe knows to be good besides.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def accessibility_problems(page: Page) -> list[str]:
    """Return one line for each thing that axe finds, and one if the page scrolls sideways."""
    try:
        found = _violations(page)
    except Error:
        # The page was left while it was looked at: a press of the moment before had its effect.
        page.wait_for_load_state()
        found = _violations(page)
    problems = [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]
    if scrolls_sideways(page):
        problems.append("the page is wider than the window")
    return problems


def _violations(page: Page) -> list[dict]:
    """Run axe and return only what it found.

    Its 570 KB go straight to Chromium: Playwright's own `evaluate` takes twice as long over them.
    """
    session = page.context.new_cdp_session(page)
    try:
        session.send("Runtime.evaluate", {"expression": _axe()})
    finally:
        session.detach()
    return page.evaluate("rules => axe.run(document, rules).then(it => it.violations)", RULES)


@cache
def _axe() -> str:
    return Axe().axe_script


def scrolls_sideways(page: Page) -> bool:
    """Return whether the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
