"""Addresses of finding."""

from django.urls import URLPattern, path

from directory.views import feeds
from directory.views.find import (
    asking,
    choosing,
    marks,
    missing,
    printing,
    search,
    sending,
    shortlist,
    shown,
)

urlpatterns: list[URLPattern] = [
    path("", search.home, name="home"),
    path("shortlist/", shortlist.shortlist, name="shortlist"),
    path("choose/", choosing.help_me_choose, name="help_me_choose"),
    path("groups/", search.find_groups, name="find_groups"),
    path("groups/map.json", marks.map_marks, name="map_marks"),
    # No group has this address (`actions.group_names`).
    path("groups/print/", printing.print_groups, name="print_groups"),
    path("groups/<slug:slug>/", shown.group, name="group"),
    path("groups/<slug:slug>/calendar.ics", feeds.group_calendar, name="group_calendar"),
    path("groups/<slug:slug>/address.svg", sending.group_qr, name="group_qr"),
    path("groups/<slug:slug>/ask/", asking.ask_group, name="ask_group"),
    path("groups/<slug:slug>/ask/thanks/", asking.ask_group_thanks, name="ask_group_thanks"),
    path("groups/<slug:slug>/wrong/", asking.correct_group, name="correct_group"),
    path(
        "groups/<slug:slug>/wrong/thanks/",
        asking.correct_group_thanks,
        name="correct_group_thanks",
    ),
    path("meetings/", search.find_meetings, name="find_meetings"),
    path("meetings/calendar.ics", feeds.find_calendar, name="find_calendar"),
    path("meetings/<uuid:uuid>/", shown.meeting, name="meeting"),
    path("meetings/<uuid:uuid>/calendar.ics", feeds.meeting_calendar, name="meeting_calendar"),
    path("facilitators/", shown.facilitators, name="facilitators"),
    path("facilitators/<uuid:uuid>/", shown.facilitator, name="facilitator"),
    path("organisations/<slug:slug>/", shown.organisation, name="organisation"),
    path(
        "organisations/<slug:slug>/calendar.ics",
        feeds.organisation_calendar,
        name="organisation_calendar",
    ),
    path("missing/", missing.missing, name="missing"),
    path("missing/thanks/", missing.missing_thanks, name="missing_thanks"),
]
