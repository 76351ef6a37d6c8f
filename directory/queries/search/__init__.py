"""The finder: what somebody looks for, and the groups and dates that answer it."""

from directory.queries.search.asked import Near, Search
from directory.queries.search.dates import FoundMeetings, find_meetings, meetings_matching
from directory.queries.search.found import PAGE_SIZE, Found, as_far_as_needed, find_groups
from directory.queries.search.matching import entries_matching
from directory.queries.search.rows import GroupRow, group_rows, next_dates_of
from directory.queries.search.suggestions import Drop, alone, drops, online_instead
from directory.queries.search.tallies import COUNTED, Tallies, Tally
from directory.queries.search.topics import topics_to_choose

__all__ = [
    "COUNTED",
    "PAGE_SIZE",
    "Drop",
    "Found",
    "FoundMeetings",
    "GroupRow",
    "Near",
    "Search",
    "Tallies",
    "Tally",
    "alone",
    "as_far_as_needed",
    "drops",
    "entries_matching",
    "find_groups",
    "find_meetings",
    "group_rows",
    "meetings_matching",
    "next_dates_of",
    "online_instead",
    "topics_to_choose",
]
