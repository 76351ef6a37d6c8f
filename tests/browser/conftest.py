"""One Chromium for all browser tests of a process; without it they are skipped, and say why."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import chromium

SIZES = {"phone": {"width": 375, "height": 812}, "desktop": {"width": 1280, "height": 900}}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder, and skip it where it cannot run."""
    reason = chromium.why_not()
    for item in items:
        if "/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            if reason:
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A running Chromium."""
    # Playwright runs an event loop in this thread, which Django would take for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
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
def page(browser: Browser, live_server: object, size: dict[str, int]) -> Iterator[Page]:
    """An empty page whose addresses begin at the test's own site.

    A message on its console, or an error in it, fails the test.
    """
    context = browser.new_context(base_url=live_server.url, viewport=size, locale="en-GB")
    context.set_default_timeout(10_000)
    opened = context.new_page()
    heard: list[str] = []
    opened.on("console", lambda message: heard.append(f"{message.type}: {message.text}"))
    opened.on("pageerror", lambda error: heard.append(f"error: {error}"))
    yield opened
    context.close()
    assert heard == []
