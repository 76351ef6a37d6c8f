from directory.models.agreements import Acceptance, AgreementVersion, Consent
from directory.models.articles import Article, ArticlePart, ConfidentialityNote
from directory.models.attendance import Attendance
from directory.models.calendars import PrivateCalendar
from directory.models.changes import ScheduleChange
from directory.models.corrections import Correction
from directory.models.cover import Cover
from directory.models.facilitators import Facilitator, FacilitatorProfile, Invitation
from directory.models.feedback import MissingGroup
from directory.models.finder import FinderEntry, FinderTotals
from directory.models.gazetteer import Postcode, Town
from directory.models.groups import Group
from directory.models.imports import ImportedListing
from directory.models.meetings import Meeting
from directory.models.memberships import Membership
from directory.models.organisations import Moderator, Organisation
from directory.models.places import Place, PlaceAccess
from directory.models.questions import Question
from directory.models.room_watches import RoomWatch
from directory.models.rooms import OnlineRoom
from directory.models.seats import Seat
from directory.models.series import Series
from directory.models.site import CrisisLine, SiteProfile
from directory.models.topics import Topic
from directory.models.words import EverydayWords, KnownWord

__all__ = [
    "Acceptance",
    "AgreementVersion",
    "Article",
    "ArticlePart",
    "Attendance",
    "ConfidentialityNote",
    "Consent",
    "Correction",
    "Cover",
    "CrisisLine",
    "EverydayWords",
    "Facilitator",
    "FacilitatorProfile",
    "FinderEntry",
    "FinderTotals",
    "Group",
    "ImportedListing",
    "Invitation",
    "KnownWord",
    "Meeting",
    "Membership",
    "MissingGroup",
    "Moderator",
    "OnlineRoom",
    "Organisation",
    "Place",
    "PlaceAccess",
    "Postcode",
    "PrivateCalendar",
    "Question",
    "RoomWatch",
    "ScheduleChange",
    "Seat",
    "Series",
    "SiteProfile",
    "Topic",
    "Town",
]
