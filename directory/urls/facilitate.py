"""Addresses of running groups. They name nobody and nothing, since a browser keeps them."""

from django.urls import URLPattern, path

from directory.views.facilitate import (
    asked,
    changes,
    cover,
    doors,
    overview,
    people,
    planning,
    seats,
    series,
    team,
    turning_away,
)

GROUP, MEETING = "facilitate/groups/<uuid:uuid>/", "facilitate/meetings/<uuid:uuid>/"
SERIES = "facilitate/series/<uuid:uuid>/"

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
    path(f"{SERIES}edit/", series.edit_series, name="edit_series"),
    path(f"{SERIES}end/", series.end_series, name="end_series"),
    path(f"{SERIES}skip/", series.skip_days, name="skip_days"),
    path(f"{SERIES}again/", series.unskip_days, name="unskip_days"),
    path(f"{GROUP}meetings/new/", planning.add_meeting, name="add_meeting"),
    path(f"{GROUP}invite/", team.invite_co_facilitator, name="invite_co_facilitator"),
    path(
        "facilitate/invitations/<uuid:uuid>/back/",
        team.take_back_invitation,
        name="take_back_invitation",
    ),
    path(f"{GROUP}online/", doors.edit_online_room, name="edit_online_room"),
    path("facilitate/cover/", cover.cover, name="cover"),
    path("facilitate/cover/<uuid:uuid>/offer/", cover.offer_cover, name="offer_cover"),
    path("facilitate/cover/<uuid:uuid>/decline/", cover.decline_cover, name="decline_cover"),
    path("facilitate/cover/<uuid:uuid>/accept/", cover.accept_cover, name="accept_cover"),
    path("facilitate/cover/<uuid:uuid>/back/", cover.give_cover_back, name="give_cover_back"),
    path(f"{MEETING}cover/", cover.ask_for_cover, name="ask_for_cover"),
    path(f"{MEETING}cover/withdraw/", cover.withdraw_cover, name="withdraw_cover"),
    path(MEETING, overview.facilitated_meeting, name="facilitated_meeting"),
    path(f"{MEETING}cancel/", changes.cancel_meeting, name="cancel_meeting"),
    path(f"{MEETING}move/", changes.move_meeting, name="move_meeting"),
    path(f"{MEETING}restore/", changes.restore_meeting, name="restore_meeting"),
    path(f"{MEETING}edit/", changes.edit_meeting, name="edit_meeting"),
    path("facilitate/changes/<uuid:uuid>/undo/", changes.undo_change, name="undo_change"),
    path(f"{MEETING}waiting/", seats.waiting_list, name="waiting_list"),
    path(f"{MEETING}places/", seats.change_places, name="change_places"),
    path("facilitate/seats/<uuid:uuid>/first/", seats.let_go_first, name="let_go_first"),
    path("facilitate/seats/<uuid:uuid>/turn-away/", turning_away.turn_away, name="turn_away"),
    path(f"{GROUP}turned-away/", turning_away.turned_away, name="turned_away"),
    path(
        "facilitate/turned-away/<uuid:uuid>/again/",
        turning_away.let_come_again,
        name="let_come_again",
    ),
    path(f"{MEETING}count/", changes.count_attendance, name="count_attendance"),
]
