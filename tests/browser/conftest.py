"""One Chromium for all browser tests of a process; without it they are skipped, and say why.

A test takes `page` (in a phone's size, then in a desktop's), `page_without_script`, or
`open_page` to say itself how wide, light or dark, in which language. A message on the
console, an error in the page, or a request to any other site fails the test.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Request,
    Route,
    sync_playwright,
)

from tests.browser import chromium
from tests.browser.accessible import accessibility_problems

SIZES = {"phone": {"width": 375, "height": 812}, "desktop": {"width": 1280, "height": 900}}

OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder, and skip it where it cannot run."""
    reason = chromium.why_not()
    for item in items:
        if "/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            # A browser on a busy machine fails now and then by itself. Twice is a mistake of ours;
            # once is printed as RERUN in the summary.
            item.add_marker(pytest.mark.flaky(reruns=1))
            if reason and os.environ.get("BROWSER") != "required":
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A running Chromium."""
    # Playwright runs an event loop in this thread, which Django would take for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    if reason := chromium.why_not():
        pytest.fail(reason)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium.find(), args=list(chromium.FLAGS)
        )
        yield running
        running.close()


@pytest.fixture(params=SIZES)
def size(request: pytest.FixtureRequest) -> dict[str, int]:
    """The size of a phone, then of a desktop."""
    return SIZES[request.param]


@pytest.fixture
def open_page(browser: Browser, live_server: Any) -> Iterator[OpenPage]:
    """Open empty pages whose addresses begin at the test's own site.

    `leaves_for` is the one other site a page may go to; a stand-in answers there.
    Other arguments are those of Playwright's `new_context`.
    """
    with ExitStack() as at_the_end:

        def open_one(*, leaves_for: str = "", **options: Any) -> Page:
            options = {"viewport": SIZES["phone"], "locale": "en-GB", **options}
            context = browser.new_context(base_url=live_server.url, **options)
            context.set_default_timeout(30_000)
            if leaves_for:
                context.route(f"{leaves_for}/**", _stand_in)
            page = context.new_page()
            at_the_end.callback(_nothing_heard, _listen(page, {live_server.url, leaves_for}))
            at_the_end.callback(context.close)
            return page

        yield open_one


@pytest.fixture
def page(open_page: OpenPage, size: dict[str, int]) -> Page:
    """A page in a phone's size, then in a desktop's."""
    return open_page(viewport=size)


@pytest.fixture
def page_without_script(open_page: OpenPage, size: dict[str, int]) -> Page:
    """The same with JavaScript turned off."""
    return open_page(viewport=size, java_script_enabled=False)


@pytest.fixture
def assert_accessible() -> Callable[[Page], None]:
    """Fail where axe finds something, or where the page is wider than the window."""

    def check(page: Page) -> None:
        assert accessibility_problems(page) == []

    return check


def _listen(page: Page, sites: set[str]) -> list[str]:
    """Return a list that fills with what no page should say or ask for."""
    heard: list[str] = []

    def says(message: ConsoleMessage) -> None:
        # A page that leaves has its cache cleared, and Chromium tells so.
        if "Clear-Site-Data" not in message.text:
            heard.append(f"{message.type}: {message.text}")

    def asks(request: Request) -> None:
        if _is_elsewhere(request.url, sites):
            heard.append(f"request to another site: {request.url}")

    page.on("console", says)
    page.on("pageerror", lambda error: heard.append(f"error: {error}"))
    page.on("request", asks)
    return heard


def _is_elsewhere(url: str, sites: set[str]) -> bool:
    """Return whether a request goes to a site not among `sites`; data: goes nowhere."""
    parts = urlsplit(url)
    return bool(parts.netloc) and f"{parts.scheme}://{parts.netloc}" not in sites


def _nothing_heard(heard: list[str]) -> None:
    assert heard == []


def _stand_in(route: Route) -> None:
    route.fulfill(status=200, content_type="text/html", body="<title>Weather</title>Sunny")
