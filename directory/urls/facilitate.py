"""Addresses of running groups. They name nobody and nothing, since a browser keeps them."""

from django.urls import URLPattern, path

from directory.views.facilitate import asked, changes, doors, overview, people, planning

GROUP, MEETING = "facilitate/groups/<uuid:uuid>/", "facilitate/meetings/<uuid:uuid>/"

urlpatterns: list[URLPattern] = [
    path("facilitate/", overview.tonight, name="tonight"),
    path("facilitate/listing/", people.my_listing, name="my_listing"),
    path("facilitate/invitations/<str:token>/", doors.accept_invitation, name="accept_invitation"),
    path("facilitate/requests/<uuid:uuid>/", people.answer_request, name="answer_request"),
    path("facilitate/questions/<uuid:uuid>/", asked.answer_question, name="answer_question"),
    path("facilitate/corrections/<uuid:uuid>/", asked.settle_correction, name="settle_correction"),
    path(f"{GROUP}aside/", asked.put_aside, name="put_aside"),
    path(GROUP, overview.facilitated_group, name="facilitated_group"),
    path(f"{GROUP}series/new/", planning.add_series, name="add_series"),
    path(f"{GROUP}series/dates/", planning.next_dates, name="next_dates"),
    path(f"{GROUP}meetings/new/", planning.add_meeting, name="add_meeting"),
    path(f"{GROUP}online/", doors.edit_online_room, name="edit_online_room"),
    path(MEETING, overview.facilitated_meeting, name="facilitated_meeting"),
    path(f"{MEETING}cancel/", changes.cancel_meeting, name="cancel_meeting"),
    path(f"{MEETING}move/", changes.move_meeting, name="move_meeting"),
    path(f"{MEETING}restore/", changes.restore_meeting, name="restore_meeting"),
    path(f"{MEETING}edit/", changes.edit_meeting, name="edit_meeting"),
    path("facilitate/changes/<uuid:uuid>/undo/", changes.undo_change, name="undo_change"),
    path(f"{MEETING}count/", changes.count_attendance, name="count_attendance"),
]
