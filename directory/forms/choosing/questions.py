"""The four questions: what each asks for in the address, and what there is to answer."""

from __future__ import annotations

from collections.abc import Container

from django.utils.translation import gettext_lazy as _

from directory.choices import AccessFeature, Audience, Cost, DayPart, Format, Joining, Weekday

STEPS = ("about", "where", "when", "matters")
DONE = "done"
# What each question asks for, as parameters of the address.
ASKED = {
    "about": ("q", "topic"),
    "where": ("how", "place"),
    "when": ("days", "time"),
    "matters": ("access", "first-time", "joining", "cost", "audience", "language"),
}
LONGEST = 200

IN_PERSON, ONLINE, EITHER = "in-person", "online", "either"
WAYS = (
    (IN_PERSON, _("In person, in a room with others")),
    (ONLINE, _("Online, from home")),
    (EITHER, _("Either is fine")),
)
FORMATS = {
    IN_PERSON: (Format.IN_PERSON, Format.HYBRID),
    ONLINE: (Format.ONLINE, Format.HYBRID),
    EITHER: (Format.IN_PERSON, Format.ONLINE, Format.HYBRID),
}
DAYS = (
    ("weekdays", _("Monday to Friday")),
    ("weekend", _("Saturday and Sunday")),
)
DAYS_OF = {"weekdays": Weekday.values[:5], "weekend": Weekday.values[5:]}
TIMES = (
    (DayPart.MORNING, _("In the morning")),
    (DayPart.AFTERNOON, _("In the afternoon")),
    (DayPart.EVENING, _("In the evening")),
    (DayPart.NIGHT, _("Late in the evening or at night")),
)
ACCESS = (
    (AccessFeature.STEP_FREE, _("I can get in without steps")),
    (AccessFeature.SIGN_LANGUAGE, _("There is sign language")),
    (AccessFeature.CAPTIONS, _("There are captions to read along")),
    (AccessFeature.CHILD_FRIENDLY, _("I can bring a baby or a child")),
    (AccessFeature.CHILDCARE, _("Somebody looks after the children")),
)
EASE = (
    ("first-time", "yes", _("It is good for a first time")),
    ("joining", Joining.JUST_COME, _("I can just come, without signing up")),
    ("cost", Cost.FREE, _("It costs nothing")),
)
AUDIENCES = (
    (Audience.WOMEN, _("Women")),
    (Audience.MEN, _("Men")),
    (Audience.LGBTQ, _("LGBTQ+ people")),
    (Audience.PEOPLE_OF_COLOUR, _("People of colour")),
    (Audience.YOUNG_PEOPLE, _("Young people")),
    (Audience.OLDER_PEOPLE, _("Older people")),
    (Audience.PARENTS, _("Parents")),
    (Audience.CARERS, _("Carers")),
)
# Beside those of the site.
LANGUAGES = ("en", "es", "fr", "ar", "bn", "hi", "pa", "pl", "pt", "ro", "so", "tr", "uk", "ur")

KNOWN: dict[str, Container[str]] = {
    "how": dict(WAYS),
    "days": dict(DAYS),
    "time": dict(TIMES),
    "access": dict(ACCESS),
    "first-time": {"yes"},
    "joining": {Joining.JUST_COME},
    "cost": {Cost.FREE},
    "audience": dict(AUDIENCES),
}
