"""A page of the dates that answer a search, day by day."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone

from directory.models import Meeting
from directory.models.meetings import MeetingQuerySet
from directory.queries.search.asked import Search
from directory.queries.search.found import PAGE_SIZE, as_far_as_needed
from directory.queries.search.hours import begins_at
from directory.queries.search.matching import entries_matching, fitting_dates
from directory.queries.search.tallies import COUNTED, Tallies, Tally, count
from directory.queries.search.written import Written, is_under
from directory.queries.vocabulary import corrected

OF_DATES = ("days", "times", "soon", "starts_from", "starts_to")


@dataclass
class FoundMeetings:
    """A page of dates; `tallies` count groups. `is_beyond`: those of the nearest groups."""

    search: Search
    meetings: list[Meeting]
    total: Tally
    tallies: Tallies = field(default_factory=dict)
    page: int = 1
    corrected: str = ""
    is_beyond: bool = False

    @property
    def page_count(self) -> int:
        """How many pages there are; of more dates than are counted, the first thousand's."""
        return max(1, -(-self.total.number // PAGE_SIZE))


def find_meetings(search: Search, *, page: int = 1, now: datetime | None = None) -> FoundMeetings:
    """Return a page of coming dates of groups that answer, in the order of their own calendars.

    Cancelled dates are among them: who meant to come has to learn of it.
    """
    now = now or timezone.now()
    counted = count(search, now)
    instead = ""
    if not counted.total and search.words and (instead := corrected(search.words)):
        counted = count(replace(search, words=instead), now)
    asked = replace(search, words=instead or search.words)
    search = asked if counted.total else as_far_as_needed(asked, now)
    dates = meetings_matching(search, now)
    number = dates.order_by().values("pk")[: COUNTED + 1].count()
    total = Tally(min(number, COUNTED), is_more=number > COUNTED)
    found = FoundMeetings(search, [], total, counted.by_kind, page, instead if number else "")
    found.is_beyond = search is not asked and bool(number)
    found.page = page if page <= found.page_count else 1
    start = (found.page - 1) * PAGE_SIZE
    found.meetings = list(dates.for_listing()[start : start + PAGE_SIZE]) if number else []
    return found


def meetings_matching(search: Search, now: datetime) -> MeetingQuerySet:
    """Return the coming dates, cancelled ones too, that answer a search; asks for its groups."""
    of_group = search
    for kind in OF_DATES:
        of_group = of_group.without(kind)
    entries, begins = entries_matching(of_group, now), begins_at(search)
    if begins:
        entries = entries.filter(Written(is_under(begins), "entry", "group_id"))
    dates = fitting_dates(Meeting.everything.all(), search, now)
    ids = None
    if begins or of_group.kinds:
        ids = list(entries.values_list("pk", flat=True)[: COUNTED + 1])
    if ids is None or len(ids) > COUNTED:
        # Many: their dates are met soon enough along the calendar.
        dates = dates.filter(Exists(entries.filter(pk=OuterRef("group_id"))))
    else:
        dates = dates.filter(group_id__in=ids)
    return dates.order_by("local_day", "starts_at", "id")
