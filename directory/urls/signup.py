"""Addresses of signing up, and of one's own meetings. They name no group."""

from django.urls import URLPattern, path

from directory.views.signup import away, calendar, come, join, mine, seats, standing, watches

urlpatterns: list[URLPattern] = [
    path("groups/<slug:slug>/join/", join.join_group, name="join_group"),
    path("groups/<slug:slug>/room/", watches.watch_room, name="watch_room"),
    path("meetings/<uuid:uuid>/come/", come.come_to_meeting, name="come_to_meeting"),
    path("me/", mine.my_meetings, name="my_meetings"),
    path("me/groups/<uuid:uuid>/", mine.my_group, name="my_group"),
    path("me/groups/<uuid:uuid>/leave/", standing.leave_group, name="leave_group"),
    path("me/meetings/<uuid:uuid>/", mine.my_meeting, name="my_meeting"),
    path("me/meetings/<uuid:uuid>/take/", seats.take_seat, name="take_seat"),
    path("me/meetings/<uuid:uuid>/give-back/", seats.give_back_seat, name="give_back_seat"),
    path(
        "me/meetings/<uuid:uuid>/calendar.ics",
        calendar.my_meeting_calendar,
        name="my_meeting_calendar",
    ),
    path("me/calendar/", calendar.my_calendar, name="my_calendar"),
    path("me/calendar/renew/", calendar.renew_my_calendar, name="renew_my_calendar"),
    path("me/calendar/delete/", calendar.delete_my_calendar, name="delete_my_calendar"),
    path("me/groups/<uuid:uuid>/away/", away.set_away, name="set_away"),
    path("me/groups/<uuid:uuid>/way/", away.change_usual_way, name="change_usual_way"),
    path("me/meetings/<uuid:uuid>/accept/", seats.accept_offer, name="accept_offer"),
    path("me/meetings/<uuid:uuid>/way/", seats.change_way, name="change_way"),
    path("me/meetings/<uuid:uuid>/decline/", seats.decline_offer, name="decline_offer"),
    path("me/room/<uuid:uuid>/stop/", watches.stop_watching, name="stop_watching"),
    path("me/consent/<int:number>/withdraw/", standing.withdraw_consent, name="withdraw_consent"),
    path("me/agreement/", standing.accept_agreement, name="accept_agreement"),
    path("me/settings/", standing.my_settings, name="my_settings"),
]
