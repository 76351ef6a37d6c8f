from django.urls import URLPattern, path

from directory.views.moderate import cover, groups, organisations, people, site, words

urlpatterns: list[URLPattern] = [
    path("moderate/", groups.moderated_groups, name="moderated_groups"),
    path(
        "moderate/organisations/<slug:slug>/groups/new/", groups.create_group, name="create_group"
    ),
    path(
        "moderate/organisations/<slug:slug>/",
        organisations.edit_organisation,
        name="edit_organisation",
    ),
    path(
        "moderate/organisations/<slug:slug>/places/",
        organisations.moderated_places,
        name="moderated_places",
    ),
    path("moderate/cover/", cover.moderated_cover, name="moderated_cover"),
    path("moderate/places/<uuid:uuid>/", organisations.edit_place, name="edit_place"),
    path("moderate/groups/<uuid:uuid>/", groups.moderated_group, name="moderated_group"),
    path("moderate/groups/<uuid:uuid>/edit/", groups.edit_group, name="edit_group"),
    path("moderate/groups/<uuid:uuid>/preview/", groups.preview_group, name="preview_group"),
    path("moderate/groups/<uuid:uuid>/publish/", groups.publish_group, name="publish_group"),
    path("moderate/groups/<uuid:uuid>/pause/", groups.unpublish_group, name="unpublish_group"),
    path("moderate/groups/<uuid:uuid>/confirm/", groups.confirm_group, name="confirm_group"),
    path(
        "moderate/groups/<uuid:uuid>/invite/", people.invite_facilitator, name="invite_facilitator"
    ),
    path(
        "moderate/invitations/<uuid:uuid>/again/",
        people.send_invitation_again,
        name="send_invitation_again",
    ),
    path(
        "moderate/invitations/<uuid:uuid>/withdraw/",
        people.withdraw_invitation,
        name="withdraw_invitation",
    ),
    path("moderate/facilitators/<uuid:uuid>/end/", people.end_facilitator, name="end_facilitator"),
    path("moderate/site/", site.edit_site, name="edit_site"),
    path("moderate/site/crisis-lines/", site.crisis_lines, name="crisis_lines"),
    path("moderate/site/crisis-lines/new/", site.add_crisis_line, name="add_crisis_line"),
    path(
        "moderate/site/crisis-lines/<int:number>/", site.edit_crisis_line, name="edit_crisis_line"
    ),
    path(
        "moderate/site/crisis-lines/<int:number>/checked/",
        site.review_crisis_line,
        name="review_crisis_line",
    ),
    path(
        "moderate/site/crisis-lines/<int:number>/remove/",
        site.remove_crisis_line,
        name="remove_crisis_line",
    ),
    path("moderate/site/words/", words.everyday_words, name="everyday_words"),
    path("moderate/site/words/<slug:slug>/", words.words_of_topic, name="words_of_topic"),
    path("moderate/site/missing/", site.missing_groups, name="missing_groups"),
]
