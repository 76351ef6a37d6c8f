"""Four people look for a group, each in their own way, and each gets to one that fits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from playwright.sync_api import Page, expect

from tests import factories

LONDON, MADRID = ZoneInfo("Europe/London"), ZoneInfo("Europe/Madrid")
# A Saturday afternoon.
NOW = datetime(2026, 11, 21, 15, 0, tzinfo=LONDON)


@pytest.fixture(autouse=True)
def saturday() -> Iterator[None]:
    """The clock goes on, but from a day that the journeys know."""
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture(autouse=True)
def world(db: None, saturday: None) -> None:
    """For each of the four a group that fits, and others that nearly do."""
    postnatal = factories.make_topic(slug="postnatal-depression", name="Postnatal depression")
    pain = factories.make_topic(slug="chronic-pain", name="Chronic pain")
    loss = factories.make_topic(slug="bereavement", name="Bereavement")
    factories.make_town("Leeds", region="West Yorkshire", population=450_000)
    factories.make_town("Croydon", latitude=51.376, longitude=-0.098, population=170_000)
    factories.make_town("Sheffield", latitude=53.383, longitude=-1.466, population=550_000)
    _mothers(postnatal)
    _pain(pain)
    _tonight()
    _signing(loss)


def _group(slug: str, at: tuple[float, float], **fields):
    organisation = factories.make_organisation()
    town = fields.pop("town")
    place = factories.make_place(
        organisation, town=town, latitude=at[0], longitude=at[1], postal_code=""
    )
    name = fields.pop("name", slug.replace("-", " ").capitalize())
    return factories.make_group(
        slug=slug, name=name, organisation=organisation, place=place, **fields
    )


def _meets(group, day: int, hour: int, zone: ZoneInfo = LONDON) -> None:
    """On the day after so many days, and weekly."""
    for week in range(2):
        date = NOW.date() + timedelta(days=day + 7 * week)
        factories.make_meeting(group, datetime(date.year, date.month, date.day, hour, tzinfo=zone))


def _mothers(topic) -> None:
    leeds = {"at": (53.80, -1.54), "town": "Leeds", "topics": [topic]}
    _meets(_group("low-days", **leeds, access_features=["child-friendly", "step-free"]), 3, 10)
    _meets(_group("evenings", **leeds, access_features=["child-friendly"]), 3, 19)
    _meets(_group("no-babies", **leeds), 3, 10)
    _meets(_group("at-weekends", **leeds, access_features=["child-friendly"]), 7, 10)


def _pain(topic) -> None:
    spanish = {"languages": ["es"], "topics": [topic], "time_zone": "Europe/Madrid"}
    _meets(factories.make_online_group(slug="dolor", name="Dolor", **spanish), 1, 18, MADRID)
    _meets(factories.make_online_group(slug="dolor-lunes", name="Lunes", **spanish), 2, 18, MADRID)
    english = spanish | {"languages": ["en"]}
    _meets(factories.make_online_group(slug="pain", name="Pain", **english), 1, 18)


def _tonight() -> None:
    croydon = {"at": (51.37, -0.10), "town": "Croydon"}
    _meets(_group("open-door", **croydon, who_greets="Ruth, by the kettle"), 0, 19)
    _meets(_group("nobody-greets", **croydon), 0, 19)
    _meets(_group("tomorrow", **croydon, who_greets="Ruth"), 1, 19)
    _meets(_group("far-away", at=(53.80, -1.54), town="Leeds", who_greets="Ruth"), 0, 19)


def _signing(topic) -> None:
    asked = ["step-free", "sign-language"]
    sheffield = {"at": (53.38, -1.48), "town": "Sheffield", "topics": [topic]}
    words = {"summary": "In British Sign Language (BSL). A wheelchair gets everywhere."}
    _meets(_group("hands-and-hearts", **sheffield, access_features=asked, **words), 4, 18)
    _meets(_group("upstairs", **sheffield, access_features=["sign-language"]), 4, 18)
    far = {"at": (53.80, -1.54), "town": "Leeds", "topics": [topic]}
    _meets(_group("signing-in-leeds", **far, access_features=asked), 4, 18)


def results(page: Page) -> list[str | None]:
    return [card.get_attribute("data-group") for card in page.locator("[data-group]").all()]


def look_for(page: Page, *, words: str = "", place: str = "", boxes: tuple[str, ...] = ()) -> None:
    """Fill in the form as somebody would; boxes by the group they stand in: "Access: Captions"."""
    page.goto("/groups/")
    page.get_by_label("What is it about?").fill(words)
    page.get_by_label("Where?").fill(place)
    summary = page.get_by_text("Day, how it meets, topic and more")
    if boxes and summary.is_visible():
        summary.click()
    for box in boxes:
        group, _, label = box.rpartition(": ")
        if group and not page.get_by_label(label, exact=True).is_visible():
            page.locator("summary", has_text=group).last.click()
        page.get_by_label(label, exact=True).check()
    button = "Show groups" if boxes else "Find"
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_url("**/groups/?*")


def ends_at(page: Page, slug: str, *told: str) -> None:
    """One group is left; its row and its page are what was looked for."""
    expect(page.locator("#results-count")).to_have_text("1 group")
    assert results(page) == [slug]
    for words in told:
        expect(page.locator("[data-group]")).to_contain_text(words)
    page.locator("[data-group] a").first.click()
    page.wait_for_url(f"**/groups/{slug}/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.fixture(params=["with script", "without script"])
def visitor(request: pytest.FixtureRequest, open_page, size) -> Page:
    """Somebody on a phone, then on a desktop; with JavaScript and without."""
    return open_page(viewport=size, java_script_enabled=request.param == "with script")


def test_postnatal_depression_in_leeds_on_weekday_mornings_with_a_baby(visitor: Page) -> None:
    weekdays = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
    boxes = (*weekdays, "Time of day: Morning", "Access: Children welcome")
    look_for(visitor, words="postnatal depression", place="Leeds", boxes=boxes)
    ends_at(visitor, "low-days", "Tuesday 24 November 2026, 10 am", "Children welcome")


def test_chronic_pain_in_spanish_online_on_sundays(visitor: Page) -> None:
    boxes = ("Sunday", "Online", "Language: Spanish")
    look_for(visitor, words="chronic pain", boxes=boxes)
    ends_at(visitor, "dolor", "Sunday 22 November 2026, 6 pm to 7:30 pm, Madrid time", "Spanish")


def test_a_first_time_tonight_near_croydon(visitor: Page) -> None:
    boxes = ("Today", "Time of day: Evening", "Joining and cost: Good for a first time")
    look_for(visitor, place="Croydon", boxes=boxes)
    ends_at(visitor, "open-door", "Saturday 21 November 2026, 7 pm", "Good for a first time")


def test_wheelchair_sign_language_and_bereavement_near_a_mistyped_town(visitor: Page) -> None:
    boxes = ("Access: Step-free", "Access: Sign language")
    look_for(visitor, words="bereavement", place="Shefield", boxes=boxes)
    expect(visitor.get_by_text("Looked near Sheffield")).to_be_visible()
    ends_at(visitor, "hands-and-hearts", "Step-free, Sign language", "miles away")


def test_the_same_in_words_alone(visitor: Page) -> None:
    look_for(visitor, words="wheelchair BSL bereavement", place="Shefield")
    ends_at(visitor, "hands-and-hearts", "Sign language")


SENTENCES = {
    "postnatal depression, Leeds, weekday mornings, can bring a baby": "low-days",
    "chronic pain, in Spanish, online, Sunday": "dolor",
    "first time, anything tonight, near Croydon": "open-door",
    "wheelchair, BSL, bereavement, within 10 miles of Shefield": "hands-and-hearts",
}


def test_each_of_them_in_one_breath(visitor: Page) -> None:
    for sentence, slug in SENTENCES.items():
        visitor.goto("/")
        visitor.get_by_label("What is it about?").fill(sentence)
        visitor.get_by_role("button", name="Find a group").click()
        expect(visitor.get_by_text("So we read it as above")).to_be_visible()
        ends_at(visitor, slug)


def test_tonight_from_the_front_page(visitor: Page) -> None:
    visitor.goto("/")
    visitor.get_by_role("link", name="Tonight", exact=True).click()
    visitor.wait_for_url("**/groups/?*")
    expect(visitor.locator("#results-count")).to_have_text("3 groups")
    assert sorted(results(visitor)) == ["far-away", "nobody-greets", "open-door"]
