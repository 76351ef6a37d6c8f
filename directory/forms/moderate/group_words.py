"""What the form about a group asks, in the words of somebody who sits beside you."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from directory.queries.seats import kept_places_hours

LABELS = {
    "name": _("Name of the group"),
    "summary": _("What it is, in one or two sentences"),
    "description": _("More about the group"),
    "who_for": _("Who it is for"),
    "what_it_is_not": _("What it is not"),
    "topics": _("What is it about?"),
    "audiences": _("Is it for some people only?"),
    "access_features": _("What makes it easy to take part?"),
    "languages": _("Which languages do people speak there?"),
    "more_languages": _("Other languages"),
    "min_age": _("From age"),
    "max_age": _("To age"),
    "adults_only": _("Ask people to confirm that they are 18 or over"),
    "format": _("How does the group meet?"),
    "place": _("Place"),
    "country": _("Country of the group"),
    "time_zone": _("Time zone of its meetings"),
    "camera": _("Cameras"),
    "joining": _("How does somebody new join?"),
    "answer_within_days": _("People get an answer within how many days?"),
    "openness": _("Can newcomers come at any time?"),
    "capacity": _("Members at most"),
    "meeting_capacity": _("Places at one meeting"),
    "online_capacity": _("Places online at one meeting"),
    "first_timer_places": _("Places kept for people who come for the first time"),
    "releases_absent": _("When a member is away, let others have their place"),
    "allows_single_dates": _("People may come to one date without joining"),
    "allows_companions": _("A companion or carer may come along"),
    "cost": _("Cost"),
    "cost_note": _("More about the cost"),
    "what_to_expect": _("What happens at a meeting?"),
    "which_door": _("Which door, which floor?"),
    "who_greets": _("Who greets somebody new?"),
    "if_late": _("May I be late?"),
    "only_listen": _("May I only listen?"),
    "bring_somebody": _("May I bring somebody?"),
    "usual_size_from": _("How many people usually come? At least"),
    "usual_size_to": _("At most"),
    "private_notes": _("Notes for your organisation"),
}
MARKDOWN = _(
    "An empty line begins a new paragraph. A star and a space at the start of a line make a list."
)
HINTS: dict[str, Any] = {
    "name": _("As people would say it: “Grief on Tuesdays, Leeds”."),
    "summary": _("Visitors read this first, in the list of groups. Needed to publish."),
    "description": MARKDOWN,
    "who_for": _("“Anybody whose partner has died, lately or long ago.”"),
    "what_it_is_not": _("“Not therapy, and not advice from a doctor.”"),
    "topics": _("Open what fits, and choose as many as you need. Needed to publish."),
    "audiences": _("Choose nothing if everybody is welcome."),
    "access_features": _("Choose what is really there: people plan their day by it."),
    "languages": _("Needed to publish."),
    "more_languages": _("Names of languages, with commas between them."),
    "format": _("Online and in person at once is fine too."),
    "place": _("Where people go. Needed to publish a group that meets in person."),
    "time_zone": _("Visitors see it beside each time."),
    "joining": _(
        "“Just come” asks for nothing, and is for meetings in person. "
        "Online, people sign up first: the link is never public."
    ),
    "answer_within_days": _("Only for “Ask to join”. Visitors see this promise."),
    "capacity": _("Leave it empty for no limit. More people go on a waiting list."),
    "meeting_capacity": _("Leave it empty for no limit. Each date can have a number of its own."),
    "online_capacity": _("For those who take part from home. The places above are in the room."),
    "first_timer_places": ngettext_lazy(
        "Of the places at one meeting. A full group then stays open for somebody new. "
        "From %(hours)d hour before the start, those still free are offered to all who wait.",
        "Of the places at one meeting. A full group then stays open for somebody new. "
        "From %(hours)d hours before the start, those still free are offered to all who wait.",
        "hours",
    )
    % {"hours": kept_places_hours()},
    "releases_absent": _("Members say on their own page from when to when they are away."),
    "allows_single_dates": _("They still agree to what is said here stays here."),
    "allows_companions": _("They take a place of their own in the room."),
    "cost_note": _("“Five pounds for the room, if you can.”"),
    "what_to_expect": MARKDOWN,
    "which_door": _("“The green door on Hill Street, then the lift to floor 2.”"),
    "who_greets": _("“Fay, in a yellow scarf, from a quarter to seven.”"),
    "usual_size_from": _("Many people ask this before they dare to come."),
    "private_notes": _("Never shown to visitors or members."),
}

PLACE_LABELS = {
    "name": _("Name of the building"),
    "address": _("Street and number"),
    "town": _("Town"),
    "region": _("County or state"),
    "postal_code": _("Postcode"),
    "country": _("Country of the place"),
    "shown": _("What do visitors see?"),
    "area": _("What visitors read instead of the address"),
}
PLACE_HINTS: dict[str, Any] = {
    "name": _("“Quaker Meeting House”. Not a group's name."),
    "shown": _("Members see the full address in both cases."),
    "area": _("Only for “The area only”: “Leeds, north of the centre”."),
}

ROOM_LABELS = {
    "url": _("Link to the meeting"),
    "meeting_code": _("Meeting ID"),
    "passcode": _("Passcode"),
    "phone": _("Number to dial in by phone"),
}
ROOM_KEPT = _("Something is saved here. For safety it is not shown again. Type to replace it.")
ROOM_NEW = _("Members see it shortly before a meeting, nobody else does.")
