"""What visitors may read, as one short word that is another one once any of it has changed."""

from __future__ import annotations

import hashlib
from typing import cast

from django.core.cache import caches

from accounts.models import AuditEntry
from directory.queries.notes import forget_notes
from directory.queries.site import forget_site

KEY = "state-of-site"
# Each process asks so often at most: a page may be so much older than what it shows.
KEPT_SECONDS = 1
KEPT_ALONG = 60
# What people do that no visitor may notice. That a group is full by it they read a minute later.
# Otherwise whoever asks for a mark each second would learn when somebody on this site joins a
# group or signs up for a meeting, and look who put a phone away just then.
UNNOTICED = (
    *("membership.begun", "membership.answered", "membership.promoted", "membership.left"),
    *("membership.removed", "membership.turned_away", "membership.let_come_again"),
    *("membership.away", "room_watch.begun", "room_watch.ended", "consent.withdrawn"),
    *("seat.taken", "seat.given_back", "seat.offered", "seat.offer_accepted"),
    *("seat.offer_ran_out", "seat.let_go_first", "seat.companion_added", "seat.away", "seat.left"),
    *("seat.way_changed", "seat.waits_again", "membership.usual_way"),
    *("cover.asked", "cover.offered", "cover.accepted", "cover.declined", "cover.withdrawn"),
    *("cover.given_back", "cover.escalated", "cover.looked", "group.places_tried"),
    *("private_calendar.renewed", "private_calendar.deleted"),
    *("invitation.sent", "invitation.sent_again", "invitation.withdrawn"),
    *("agreement.accepted", "meeting.counted", "online_room.changed", "mail.stopped"),
    *("question.answered", "correction.settled", "missing_group.settled"),
)
# Actions that run at once may end in another order than they took their numbers. Of so many at a
# time none is overlooked, whichever ends last.
NEWEST = 100


def state_of_site() -> str:
    """Return a word that changes with every action that visitors may notice.

    Each action writes its line of the audit trail in the transaction of the change itself, so
    both are seen at the same moment. Whoever marks a page with this asks for it before reading
    what the page shows, and in the same database: the page is then as new as its mark or newer,
    and one that is newer is only sent once more.
    """
    return cast("str", caches["process"].get_or_set(KEY, _read, KEPT_SECONDS))


def _read() -> str:
    noticed = AuditEntry.objects.exclude(action__in=UNNOTICED).order_by("-id")
    newest = noticed.values_list("id", flat=True)[:NEWEST]
    state = hashlib.blake2b(repr(list(newest)).encode(), digest_size=8).hexdigest()
    kept = caches["process"]
    if kept.get(f"{KEY}-before") != state:
        # Another process may have changed what this one keeps for a minute; a page that shows
        # it as it was must not be marked as new.
        forget_site()
        forget_notes()
        kept.set(f"{KEY}-before", state, KEPT_ALONG)
    return state
