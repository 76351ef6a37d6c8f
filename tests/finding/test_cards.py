"""Cards are kept as they were drawn: one that tells anything else is drawn anew."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.safestring import mark_safe
from django.utils.translation import override

from directory.templatetags.kit.cards import AboutGroup, Card, CardDate
from directory.templatetags.kit.rows import drawn_cards

EVENING = datetime(2026, 11, 24, 19, tzinfo=UTC)
HOUR = timedelta(hours=1)
DATE = CardDate(EVENING, EVENING + HOUR, "Europe/London", False, EVENING - HOUR, "The hall is shut")
ABOUT = AboutGroup(
    who_for="",
    audiences=("parents",),
    format="in-person",
    area="Leeds",
    joining="sign-up",
    cost="free",
    cost_note="",
    languages=("en",),
    access=("step-free",),
)
GROUP = Card(
    mark="grief-on-tuesdays",
    is_of_date=False,
    name="Grief on Tuesdays",
    words="A circle with tea.",
    about=ABOUT,
    date=DATE,
    cancelled=(DATE._replace(is_cancelled=True),),
    away="2 miles",
    has_room=True,
    reasons=("Step-free",),
)
MEETING = GROUP._replace(mark="d4c8", is_of_date=True, cancelled=())

OF_CARD = {
    "mark": "grief-on-mondays",
    "is_of_date": True,
    "name": "Grief on Mondays",
    "words": "",
    "about": ABOUT._replace(area="York"),
    "date": None,
    "names_day": False,
    "cancelled": (),
    "away": "",
    "has_room": None,
    "is_good_first": True,
    "reasons": (),
}
OF_GROUP = {
    "who_for": "People who have lost somebody",
    "audiences": ("carers",),
    "format": "hybrid",
    "area": "Shipley",
    "joining": "ask",
    "cost": "donation",
    "cost_note": "£2 for the tea",
    "languages": ("en", "es"),
    "access": (),
}
OF_DATE = {
    "starts_at": EVENING + HOUR / 2,
    "ends_at": EVENING + HOUR * 2,
    "zone": "America/New_York",
    "is_cancelled": True,
    "before": None,
    "reason": "The tutor is ill",
}


def drawn(card: Card, level: int = 3, *, is_result: bool = True) -> str:
    return drawn_cards([card], level=level, is_result=is_result)


def test_each_value_of_a_card_is_tried() -> None:
    assert set(OF_CARD) == set(Card._fields)
    assert set(OF_GROUP) == set(AboutGroup._fields)
    assert set(OF_DATE) == set(CardDate._fields)


@pytest.mark.parametrize("name", OF_CARD)
def test_another_value_is_drawn_otherwise(name: str) -> None:
    assert drawn(GROUP) != drawn(GROUP._replace(**{name: OF_CARD[name]}))


@pytest.mark.parametrize("name", OF_GROUP)
def test_another_value_of_the_group_is_drawn_otherwise(name: str) -> None:
    changed = ABOUT._replace(**{name: OF_GROUP[name]})
    assert drawn(GROUP) != drawn(GROUP._replace(about=changed))


@pytest.mark.parametrize("name", OF_DATE)
def test_another_value_of_a_date_is_drawn_otherwise(name: str) -> None:
    changed = DATE._replace(**{name: OF_DATE[name]})
    assert drawn(MEETING) != drawn(MEETING._replace(date=changed))


@pytest.mark.parametrize("name", ["starts_at", "ends_at", "zone", "reason"])
def test_another_value_of_a_cancelled_date_is_drawn_otherwise(name: str) -> None:
    (cancelled,) = GROUP.cancelled
    changed = cancelled._replace(**{name: OF_DATE[name]})
    assert drawn(GROUP) != drawn(GROUP._replace(cancelled=(changed,)))


def test_full_and_uncounted_are_told_apart() -> None:
    told = {drawn(GROUP._replace(has_room=value)) for value in (True, False, None)}
    assert len(told) == 3


def test_each_language_has_its_own() -> None:
    here = drawn(GROUP)
    with override("es"):
        there = drawn(GROUP)
    assert "martes" in there
    assert 'href="/es/groups/grief-on-tuesdays/"' in there
    assert drawn(GROUP) == here != there


def test_each_place_in_a_page_has_its_own() -> None:
    assert "<h4" in drawn(GROUP, level=4)
    assert "<h3" in drawn(GROUP)
    assert "data-group" not in drawn(GROUP, is_result=False)
    assert 'data-group="grief-on-tuesdays"' in drawn(GROUP)


def with_text(name: str, text: str) -> Card:
    if name in OF_GROUP:
        return GROUP._replace(about=ABOUT._replace(**{name: text}))
    return GROUP._replace(**{name: text})


@pytest.mark.parametrize("name", ["name", "words", "who_for", "area", "cost_note", "away"])
def test_what_was_drawn_of_safe_text_is_not_kept_for_what_somebody_typed(name: str) -> None:
    bold = f"<b>{name}</b>"
    drawn(with_text(name, mark_safe(bold)))
    told = drawn(with_text(name, bold))
    assert bold not in told
    assert f"&lt;b&gt;{name}&lt;/b&gt;" in told
