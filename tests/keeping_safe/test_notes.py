from __future__ import annotations

from typing import Any

import pytest

from directory import content
from directory.actions.content import set_up_site
from directory.choices import Format, NoteOrigin, NotePlace
from directory.models import ConfidentialityNote
from directory.queries.notes import all_notes, notes_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shipped_notes() -> None:
    set_up_site(by=None)


def slugs(where: str, group_format: str = "") -> set[str]:
    return {note.slug for note in notes_for(where, group_format)}


def test_there_are_eight_or_more_and_each_says_where_it_comes_from() -> None:
    assert len(all_notes()) >= 8
    assert not ConfidentialityNote.objects.filter(reason="").exists()


def test_a_note_from_the_article_rests_on_a_part_and_ours_on_none() -> None:
    for note in all_notes():
        assert (note.part is not None) == (note.origin == NoteOrigin.ARTICLE)
        assert note.source.startswith("From the article's part on" if note.part else "Our own, ")


def test_a_note_from_the_article_names_the_part_it_is_filed_under() -> None:
    for note in all_notes():
        if note.part:
            assert note.source == note.part.source


@pytest.mark.parametrize("group_format", Format.values)
@pytest.mark.parametrize("where", [NotePlace.GROUP, NotePlace.MEETING, NotePlace.JOIN])
def test_a_page_has_notes_in_every_format(where: str, group_format: str) -> None:
    assert 4 <= len(notes_for(where, group_format)) <= 8


@pytest.mark.parametrize("where", NotePlace.values)
def test_every_place_has_notes(where: str) -> None:
    assert notes_for(where)


def test_headphones_and_recording_are_for_meetings_online() -> None:
    online = {"private-place", "no-recording"}
    assert online <= slugs("meeting", "online")
    assert online <= slugs("meeting", "hybrid")
    assert not online & slugs("meeting", "in-person")


def test_the_limits_are_told_before_joining() -> None:
    for group_format in Format.values:
        assert "limits" in slugs("join", group_format)
    assert "online-has-limits" in slugs("join", "online")


def test_notes_are_read_with_one_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        notes = notes_for("group", "online")
        assert [note.part and note.part.article.slug for note in notes]


def test_the_shipped_notes_use_known_words() -> None:
    for note in content.notes():
        assert set(note.shown_on) <= set(NotePlace.values)
        assert set(note.formats) <= set(Format.values)
        assert len(note.text) <= 160
