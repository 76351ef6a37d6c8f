"""What a search leaves out on a site of very many groups."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from directory.models import Group
from directory.queries.search import Search, find_groups, tallies, words
from tests import factories

pytestmark = pytest.mark.django_db

# A Monday.
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def found_names(search: Search) -> set[str]:
    return {row.group.name for row in find_groups(search, now=NOW).rows}


def test_words_on_a_very_large_site_have_no_numbers_beside_filters_in_use(
    group: Group, other_group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Search(words="grief", formats=(group.format,))
    few = find_groups(asked, now=NOW)
    assert "formats" in few.tallies
    monkeypatch.setattr(tallies, "is_very_large", lambda: True)
    many = find_groups(asked, now=NOW)
    assert "formats" not in many.tallies
    assert many.total == few.total
    assert [row.group for row in many.rows] == [row.group for row in few.rows] == [group]
    assert "formats" in find_groups(replace(asked, words=""), now=NOW).tallies


def test_on_a_very_large_site_a_known_word_is_no_beginning(
    group: Group, other_group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.make_group(name="Griefshare", summary="A course.", description="")
    assert found_names(Search(words="grief")) == {"Grief on Tuesdays", "Griefshare"}
    monkeypatch.setattr(words, "is_very_large", lambda: True)
    assert found_names(Search(words="grief")) == {"Grief on Tuesdays"}
    assert found_names(Search(words="grie")) == {"Grief on Tuesdays", "Griefshare"}
