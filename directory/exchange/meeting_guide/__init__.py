"""Meeting Guide JSON into listings. Translates; writes nothing.

The format is that of code4recovery/spec: an array of meetings, weekly ones only. What feeds get
wrong is survived: each row becomes a listing, with remarks, or is refused with a reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from directory.exchange.meeting_guide.fields import label_of, slug_of
from directory.exchange.meeting_guide.row import Row, RowRefused
from directory.listings import Defaults, Listing, RefusedRow, Translation

FORMAT = "meeting-guide"
MOST_FIELDS = 300


def translate(rows: Iterable[Any], *, defaults: Defaults) -> Translation:
    """Return what became of every row: a listing, or a reason why not."""
    numbered = list(enumerate(rows, start=1))
    slugs = Counter(slug_of(row) for _number, row in numbered if isinstance(row, Mapping))
    taken: dict[str, Listing] = {}
    refused: list[RefusedRow] = []
    for number, row in numbered:
        key = slug_of(row) if isinstance(row, Mapping) else ""
        try:
            reader = Row(number, _checked(row), defaults)
            key = reader.key(is_shared=slugs[key] > 1)
            _refuse_twice(taken.get(key))
            taken[key] = reader.listing(key)
        except RowRefused as reason:
            refused.append(RefusedRow(row=number, label=label_of(row), reason=str(reason), key=key))
    return Translation(listings=tuple(taken.values()), refused=tuple(refused))


def _checked(row: Any) -> Mapping[str, Any]:
    if not isinstance(row, Mapping):
        raise RowRefused(_("It is not a meeting: an object in braces is expected."))
    if len(row) > MOST_FIELDS:
        raise RowRefused(_("It has more than %(most)d fields.") % {"most": MOST_FIELDS})
    return row


def _refuse_twice(first: Listing | None) -> None:
    if first is not None:
        raise RowRefused(_("It is the same meeting as in row %(row)d.") % {"row": first.row})
