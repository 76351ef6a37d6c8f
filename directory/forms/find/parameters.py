"""What an address of the finder may say: its parameters, and the values they take."""

from __future__ import annotations

from accounts.choices import Choices
from directory.choices import (
    AccessFeature,
    AgeBand,
    Audience,
    Cost,
    DayPart,
    Format,
    Joining,
    Soon,
    Weekday,
)

# For each kind of filter (a field of `Search`) that takes several values, the parameter.
SEVERAL = {
    "topics": "topic",
    "audiences": "audience",
    "ages": "age",
    "access": "access",
    "languages": "language",
    "formats": "format",
    "costs": "cost",
    "days": "day",
    "times": "time",
    "soon": "when",
    "joining": "joining",
}
# What each of them may be; topics and languages are what there is.
KNOWN: dict[str, type[Choices]] = {
    "audiences": Audience,
    "ages": AgeBand,
    "access": AccessFeature,
    "formats": Format,
    "costs": Cost,
    "days": Weekday,
    "times": DayPart,
    "soon": Soon,
    "joining": Joining,
}
VALUES = {kind: tuple(choices.values) for kind, choices in KNOWN.items()}
HOURS = {"starts_from": "from", "starts_to": "to"}
SWITCHES = {"has_room": "room", "first_time": "first-time"}
# What turns a switch on; the first is what our own addresses say.
YES = ("yes", "1", "on", "true")
# The order in which filters stand in an address, and as chips.
ORDER = ("words", "near", *SEVERAL, *HOURS, *SWITCHES)
