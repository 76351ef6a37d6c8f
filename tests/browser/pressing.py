"""What hands do in a browser: come in signed in, press a button, follow a link."""

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from accounts.models import Person


def sign_in(page: Page, person: Person, site: str) -> None:
    """Hand the page a session of `person`; `site` is the live server's address."""
    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])


def press(page: Page, words: str) -> None:
    """Press the first button of the page's own part with these words."""
    page.get_by_role("main").get_by_role("button", name=words).first.click()


def follow(page: Page, words: str) -> None:
    """Follow the first link of the page's own part with these words."""
    page.get_by_role("main").get_by_role("link", name=words).first.click()
