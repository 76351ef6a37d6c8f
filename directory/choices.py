"""The words that the database, the addresses and the pages share.

Values are what the addresses of the finder say (`?format=in-person`).
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import Choices


class GroupStatus(Choices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    PAUSED = "paused", _("Paused")
    CLOSED = "closed", _("Closed for good")


class Format(Choices):
    IN_PERSON = "in-person", _("In person")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("In person and online")


class Joining(Choices):
    JUST_COME = "just-come", _("Just come")
    SIGN_UP = "sign-up", _("Sign up")
    ASK = "ask", _("Ask to join")


class Openness(Choices):
    OPEN = "open", _("Open: newcomers at any time")
    CLOSED = "closed", _("Closed: the same people for a while")


class PlaceShown(Choices):
    EXACTLY = "exactly", _("The full address")
    AREA = "area", _("The area only; members see the address")


class CameraRule(Choices):
    AS_YOU_LIKE = "as-you-like", _("Camera on or off, as you like")
    ON_PLEASE = "on-please", _("Camera on, please, so that nobody feels watched")
    OFF = "off", _("Cameras stay off")


class Cost(Choices):
    FREE = "free", _("Free")
    DONATION = "donation", _("Free, donations welcome")
    PAID = "paid", _("There is a charge")


class Audience(Choices):
    EVERYONE = "everyone", _("Everyone")
    WOMEN = "women", _("Women")
    MEN = "men", _("Men")
    NON_BINARY = "non-binary", _("Non-binary people")
    TRANS = "trans", _("Trans people")
    LGBTQ = "lgbtq", _("LGBTQ+ people")
    YOUNG_PEOPLE = "young-people", _("Young people")
    OLDER_PEOPLE = "older-people", _("Older people")
    PARENTS = "parents", _("Parents")
    CARERS = "carers", _("Carers")
    RELATIVES = "relatives", _("Relatives and friends")
    PEOPLE_OF_COLOUR = "people-of-colour", _("People of colour")
    VETERANS = "veterans", _("Veterans")
    NEWCOMERS = "newcomers", _("People new to peer support")


class AccessFeature(Choices):
    STEP_FREE = "step-free", _("Step-free")
    ACCESSIBLE_TOILET = "accessible-toilet", _("Accessible toilet")
    HEARING_LOOP = "hearing-loop", _("Hearing loop")
    SIGN_LANGUAGE = "sign-language", _("Sign language")
    CAPTIONS = "captions", _("Captions")
    QUIET_SPACE = "quiet-space", _("Quiet space")
    FRAGRANCE_FREE = "fragrance-free", _("Fragrance-free")
    CHILD_FRIENDLY = "child-friendly", _("Children welcome")
    CHILDCARE = "childcare", _("Childcare")
    ASSISTANCE_DOGS = "assistance-dogs", _("Assistance dogs welcome")
    PARKING = "parking", _("Parking close by")
    BY_PHONE = "by-phone", _("You can join by phone")


class Weekday(Choices):
    MONDAY = "mon", _("Monday")
    TUESDAY = "tue", _("Tuesday")
    WEDNESDAY = "wed", _("Wednesday")
    THURSDAY = "thu", _("Thursday")
    FRIDAY = "fri", _("Friday")
    SATURDAY = "sat", _("Saturday")
    SUNDAY = "sun", _("Sunday")


class DayPart(Choices):
    """Parts of the day, by the hour at which a meeting starts; `DAY_PART_HOURS` says which."""

    MORNING = "morning", _("Morning")
    AFTERNOON = "afternoon", _("Afternoon")
    EVENING = "evening", _("Evening")
    NIGHT = "night", _("Late evening and night")


# From the first hour until before the second. They overlap, as people's words for them do:
# half past five is still the afternoon for some and the evening for others.
DAY_PART_HOURS = {
    DayPart.MORNING: (5, 12),
    DayPart.AFTERNOON: (12, 18),
    DayPart.EVENING: (17, 23),
    DayPart.NIGHT: (21, 5),
}


class Soon(Choices):
    NOW = "now", _("Happening now")
    NEXT = "next", _("In the next hours")
    TODAY = "today", _("Today")
    TOMORROW = "tomorrow", _("Tomorrow")
    WEEK = "week", _("In the next seven days")


class AgeBand(Choices):
    """Ages that people look for; `AGE_BAND_YEARS` says which."""

    UNDER_18 = "under-18", _("Under 18")
    YOUNG = "18-25", _("18 to 25")
    ADULT = "26-64", _("26 to 64")
    OLDER = "65-plus", _("65 and over")


AGE_BAND_YEARS = {
    AgeBand.UNDER_18: (0, 17),
    AgeBand.YOUNG: (18, 25),
    AgeBand.ADULT: (26, 64),
    AgeBand.OLDER: (65, 150),
}


class SortOrder(Choices):
    SOONEST = "soonest", _("Soonest first")
    NEAREST = "nearest", _("Nearest first")
    MATCH = "match", _("Best match first")


class ResultView(Choices):
    LIST = "list", _("List")
    WEEK = "week", _("Week")
    MAP = "map", _("Map")


class MeetingStatus(Choices):
    SCHEDULED = "scheduled", _("Going ahead")
    CANCELLED = "cancelled", _("Cancelled")


class MembershipState(Choices):
    ASKED = "asked", _("Waiting for an answer")
    WAITING = "waiting", _("On the waiting list")
    ACTIVE = "active", _("Member")
    LEFT = "left", _("Left")
    DECLINED = "declined", _("Not this time")
    REMOVED = "removed", _("Ended by the group")


class SeatState(Choices):
    CONFIRMED = "confirmed", _("You have a place")
    WAITING = "waiting", _("On the waiting list")
    OFFERED = "offered", _("A place is held for you")
    EXPIRED = "expired", _("The offer has run out")
    GIVEN_BACK = "given-back", _("Given back")


class ChangeKind(Choices):
    """What was done to a group's dates."""

    CANCELLED = "cancelled", _("A date was cancelled")
    RESTORED = "restored", _("A cancelled date takes place after all")
    MOVED = "moved", _("A date was moved")
    SKIPPED = "skipped", _("Dates were left out")
    REARRANGED = "rearranged", _("The group meets at other times")
    ENDED = "ended", _("Dates that repeat came to an end")
    ADDED = "added", _("Dates were added")


class CoverState(Choices):
    """How far it is that somebody stands in for a date."""

    ASKED = "asked", _("Asked")
    OFFERED = "offered", _("Has offered")
    ACCEPTED = "accepted", _("Covers")
    DECLINED = "declined", _("Cannot")
    WITHDRAWN = "withdrawn", _("No longer needed")


class FacilitatorRole(Choices):
    LEAD = "lead", _("Lead facilitator")
    CO = "co", _("Co-facilitator")


class AgreementKind(Choices):
    CONFIDENTIALITY = "confidentiality", _("Confidentiality agreement")
    MEMBERSHIP = "membership", _("Consent to holding a membership")


class NoteOrigin(Choices):
    ARTICLE = "article", pgettext_lazy("origin of a note", "From the article")
    OWN = "own", pgettext_lazy("origin of a note", "Our own")


class NotePlace(Choices):
    GROUP = "group", _("Group page")
    MEETING = "meeting", _("Meeting page")
    JOIN = "join", _("Joining")
    MEMBER = "member", _("Your meetings")
    FACILITATE = "facilitate", _("Facilitating")
    MAIL = "mail", _("E-mail")


class WrongAbout(Choices):
    """What may be wrong on a group's page."""

    TIME = "time", _("The day or the time")
    PLACE = "place", _("The place")
    NOT_RUNNING = "not-running", _("The group does not meet any more")
    OTHER = "other", _("Something else")
