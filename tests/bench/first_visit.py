"""What a first visit costs a cheap phone: bytes as they cross the wire, and requests."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.bench.figures import Figure
from tests.browser import chromium

PAGES = {"home": "/", "results": "/groups/"}


def first_visit(address: str) -> list[Figure]:
    """Kilobytes, requests and kilobytes of script of pages that nobody has in the cache."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=list(chromium.FLAGS)
        )
        group = _first_group(browser, address)
        pages = {**PAGES, "group": group}
        return [
            figure
            for name, path in pages.items()
            for figure in _visit(browser, address, name, path)
        ]


def _first_group(browser: Browser, address: str) -> str:
    page = browser.new_page()
    page.goto(f"{address}/groups/")
    return str(page.locator("[data-group] a").first.get_attribute("href"))


def _visit(browser: Browser, address: str, name: str, path: str) -> list[Figure]:
    context = browser.new_context(viewport={"width": 375, "height": 812})
    page = context.new_page()
    heard: dict[str, dict[str, Any]] = {}
    session = context.new_cdp_session(page)
    session.on(
        "Network.responseReceived",
        lambda event: heard.setdefault(event["requestId"], {}).update(type=event["type"]),
    )
    session.on(
        "Network.loadingFinished",
        lambda event: heard.setdefault(event["requestId"], {}).update(
            size=event["encodedDataLength"]
        ),
    )
    session.send("Network.enable")
    page.goto(f"{address}{path}", wait_until="networkidle")
    context.close()
    sizes = [(entry.get("type"), entry.get("size", 0)) for entry in heard.values()]
    scripts = sum(size for kind, size in sizes if kind == "Script")
    return [
        Figure("first_visit_kb", name, sum(size for _kind, size in sizes) / 1024, "kB"),
        Figure("first_visit_requests", name, len(sizes), "requests"),
        Figure("first_visit_script_kb", name, scripts / 1024, "kB"),
    ]
