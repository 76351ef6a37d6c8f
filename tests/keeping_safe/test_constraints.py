"""State lives in the database's constraints. Here each one is broken once, and has to say no.

A new constraint without a line here fails `test_every_constraint_has_its_test`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from accounts.models import OutgoingMail
from directory.models import (
    Article,
    ArticlePart,
    Attendance,
    ConfidentialityNote,
    Consent,
    Correction,
    Cover,
    EverydayWords,
    Facilitator,
    FinderTotals,
    ImportedListing,
    Invitation,
    Moderator,
    Postcode,
    Question,
    RoomWatch,
    ScheduleChange,
    SiteProfile,
)
from tests import factories

pytestmark = pytest.mark.django_db
Breaker = Callable[[], object]
NOW = timezone.now()


def changed(row: models.Model, **fields: Any) -> Breaker:
    """Change a row behind the back of all our code."""
    return lambda: type(row)._base_manager.filter(pk=row.pk).update(**fields)


def again(row: models.Model, **fields: Any) -> Breaker:
    """Write a copy of a row under a key of its own."""

    def write() -> None:
        copy = type(row)._base_manager.get(pk=row.pk)
        key = type(row)._meta.pk
        copy.pk = key.get_default() if key.has_default() else None
        copy._state.adding = True
        for name, value in fields.items():
            setattr(copy, name, value)
        copy.save(force_insert=True)

    return write


def group(**fields: Any) -> Breaker:
    return changed(factories.make_group(), **fields)


def meeting(**fields: Any) -> Breaker:
    return changed(factories.make_meeting(factories.make_group()), **fields)


def membership(begun_as: str = "active", **fields: Any) -> Breaker:
    return changed(
        factories.make_membership(factories.make_group(), factories.make_person(), begun_as),
        **fields,
    )


def seat(**fields: Any) -> Breaker:
    group, person = factories.make_group(), factories.make_person()
    factories.make_membership(group, person)
    return changed(factories.make_seat(factories.make_meeting(group), person), **fields)


def seat_again() -> Breaker:
    group, person = factories.make_group(), factories.make_person()
    factories.make_membership(group, person)
    return again(factories.make_seat(factories.make_meeting(group), person))


def mail(**fields: Any) -> OutgoingMail:
    return OutgoingMail.objects.create(kind="code", about="x", **fields)


def note(**fields: Any) -> Breaker:
    return changed(
        ConfidentialityNote.objects.create(slug="x", text="x", origin="own", source="ours"),
        **fields,
    )


def part() -> ArticlePart:
    article = Article.objects.create(slug="x", title="x", summary="x")
    return ArticlePart.objects.create(
        article=article, number=1, slug="one", heading="x", body="x", source="ours"
    )


def invitation() -> Invitation:
    return Invitation.objects.create(
        group=factories.make_group(), email="fay@example.org", expires_at=NOW
    )


def listing() -> ImportedListing:
    return ImportedListing.objects.create(
        organisation=factories.make_organisation(), feed_format="x", key="1", fingerprint="x"
    )


def question(**fields: Any) -> Breaker:
    row = Question.objects.create(group=factories.make_group(), text="x", address="a@example.org")
    return changed(row, **fields)


def correction(**fields: Any) -> Breaker:
    row = Correction.objects.create(
        group=factories.make_group(), about="time", address="a@example.org"
    )
    return changed(row, **fields)


def two_that_run_the_site() -> Breaker:
    factories.make_organisation(runs_site=True)
    return changed(factories.make_organisation(), runs_site=True)


def topic_above_itself() -> Breaker:
    topic = factories.make_topic()
    return changed(topic, parent=topic)


def series_meeting_again() -> Breaker:
    group = factories.make_group()
    return again(factories.make_meeting(group, series=factories.make_series(group)))


def cover(**fields: Any) -> Cover:
    meeting = factories.make_meeting(factories.make_group())
    return Cover.objects.create(meeting=meeting, person=factories.make_person(), **fields)


def cover_by_two() -> Breaker:
    accepted = cover(state="accepted")
    return again(accepted, person=factories.make_person())


def room_watch() -> RoomWatch:
    standing = consent()
    return RoomWatch.objects.create(group=standing.group, person=standing.person, consent=standing)


def attendance() -> Breaker:
    meeting = factories.make_meeting(factories.make_group())
    return changed(Attendance.objects.create(meeting=meeting, came=3), first_time=4)


def consent() -> Consent:
    return factories.make_consent(factories.make_person(), factories.make_group())


def facilitator() -> Facilitator:
    return factories.make_facilitator(factories.make_group(), factories.make_person())


def moderator() -> Moderator:
    return factories.make_moderator(factories.make_organisation(), factories.make_person())


def place(**fields: Any) -> Breaker:
    return changed(factories.make_place(), **fields)


def person(**fields: Any) -> Breaker:
    return changed(factories.make_person(), **fields)


def postcode() -> Postcode:
    return Postcode.objects.create(country="GB", code="LS1", latitude=53.8, longitude=-1.5)


def everyday_words() -> EverydayWords:
    return EverydayWords.objects.create(words="dad died", topic=factories.make_topic())


TOTALS = {"counted_at": NOW, "groups": 0, "numbers": {}}

BREAKERS: dict[str, Callable[[], Breaker]] = {
    # people and mail
    "person_email_once_in_any_case": lambda: person(email=factories.make_person().email.upper()),
    "person_has_a_display_name": lambda: person(display_name=""),
    "person_mail_preference_known": lambda: person(mail_preference="pigeon"),
    "outgoing_mail_once_a_person": lambda: again(mail(person=factories.make_person())),
    "outgoing_mail_once_an_address": lambda: again(mail(address="a@example.org")),
    "outgoing_mail_has_a_recipient": lambda: changed(mail(address="a@example.org"), address=""),
    "outgoing_mail_state_known": lambda: changed(
        mail(address="a@example.org"), state="lost", finished_at=NOW
    ),
    "outgoing_mail_finished_when_not_waiting": lambda: changed(
        mail(address="a@example.org"), state="sent"
    ),
    # organisations, places, groups
    "organisation_one_runs_the_site": two_that_run_the_site,
    "moderator_once_at_a_time": lambda: again(moderator()),
    "place_shown_known": lambda: place(shown="nobody"),
    "place_point_is_on_earth": lambda: place(latitude=91, longitude=0),
    "topic_is_not_its_own_parent": topic_above_itself,
    "group_status_known": lambda: group(status="gone"),
    "group_format_known": lambda: group(format="by-post"),
    "group_joining_known": lambda: group(joining="by-post"),
    "group_openness_known": lambda: group(openness="ajar"),
    "group_cost_known": lambda: group(cost="dear"),
    "group_camera_known": lambda: group(camera="hidden"),
    "group_audiences_known": lambda: group(audiences=["women", "robots"]),
    "group_access_features_known": lambda: group(access_features=["pool"]),
    "group_just_come_is_in_person": lambda: group(joining="just-come", format="online"),
    "group_that_is_asked_says_when_it_answers": lambda: group(joining="ask"),
    "group_published_has_a_place": lambda: group(place=None),
    "group_capacity_is_positive": lambda: group(capacity=0),
    "group_meeting_capacity_is_positive": lambda: group(meeting_capacity=0),
    "group_online_capacity_is_positive": lambda: group(online_capacity=0),
    "group_keeps_no_more_places_than_it_has": lambda: group(
        meeting_capacity=3, first_timer_places=4
    ),
    "group_ages_in_order": lambda: group(min_age=30, max_age=20),
    "facilitator_role_known": lambda: changed(facilitator(), role="boss"),
    "facilitator_once_at_a_time": lambda: again(facilitator()),
    "invitation_role_known": lambda: changed(invitation(), role="boss"),
    "invitation_open_once": lambda: again(invitation()),
    "imported_listing_once": lambda: again(listing()),
    "question_answered_keeps_no_address": lambda: question(answered_at=NOW),
    "correction_about_known": lambda: correction(about="weather"),
    "correction_settled_keeps_no_address": lambda: correction(settled_at=NOW),
    # meetings and seats
    "series_lasts_minutes_to_a_day": lambda: changed(
        factories.make_series(factories.make_group()), duration_minutes=4
    ),
    "meeting_status_known": lambda: meeting(status="perhaps"),
    "meeting_once_a_series": series_meeting_again,
    "meeting_ends_after_start": lambda: meeting(ends_at=NOW - timedelta(days=1)),
    "meeting_lasts_a_day_at_most": lambda: meeting(ends_at=NOW + timedelta(days=3)),
    "meeting_cancelled_says_why": lambda: meeting(status="cancelled"),
    "meeting_capacity_is_positive": lambda: meeting(capacity=0),
    "meeting_online_capacity_is_positive": lambda: meeting(online_capacity=0),
    "schedule_change_kind_known": lambda: changed(
        ScheduleChange.objects.create(group=factories.make_group(), kind="moved", undo_until=NOW),
        kind="lost",
    ),
    "cover_state_known": lambda: changed(cover(), state="perhaps"),
    "cover_once": lambda: again(cover()),
    "cover_by_one": cover_by_two,
    "seat_state_known": lambda: seat(state="maybe"),
    "seat_once": seat_again,
    "seat_rests_on_membership_or_consent": lambda: seat(membership=None),
    "seat_offer_expires": lambda: seat(state="offered"),
    "attendance_newcomers_among_all": attendance,
    # memberships, agreements, consents
    "membership_state_known": lambda: membership(state="perhaps"),
    "membership_once": lambda: again(
        factories.make_membership(factories.make_group(), factories.make_person(), "left")
    ),
    "membership_rests_on_agreement_and_consent": lambda: membership(consent=None),
    "membership_active_has_begun": lambda: membership(joined_at=None),
    "membership_ended_keeps_no_answers": lambda: membership("left", access_needs="a chair"),
    "membership_away_in_order": lambda: membership(away_from="2030-02-01", away_until="2030-01-01"),
    "room_watch_once": lambda: again(room_watch()),
    "agreement_kind_known": lambda: changed(factories.make_agreement(), kind="oath"),
    "agreement_number_once": lambda: again(factories.make_agreement()),
    "acceptance_once": lambda: again(factories.make_acceptance(factories.make_person())),
    "consent_standing_once": lambda: again(consent()),
    # words
    "article_part_number_once": lambda: again(part(), slug="two"),
    "article_part_slug_once": lambda: again(part(), number=2),
    "article_part_says_its_source": lambda: changed(part(), source=""),
    "note_origin_known": lambda: note(origin="hearsay"),
    "note_shown_on_known": lambda: note(shown_on=["roof"]),
    "note_formats_known": lambda: note(formats=["by-post"]),
    "note_says_its_source": lambda: note(source=""),
    "site_profile_is_one_row": lambda: lambda: SiteProfile.objects.create(id=2),
    # the finder
    "finder_point_is_on_earth": lambda: changed(
        factories.make_group().finder_entry, latitude=91, longitude=0
    ),
    "finder_totals_are_one_row": lambda: lambda: FinderTotals.objects.create(id=2, **TOTALS),
    "postcode_once_a_country": lambda: again(postcode()),
    "everyday_words_once_a_topic": lambda: again(everyday_words()),
}


def declared() -> dict[str, type[models.Model]]:
    """Each constraint of our own models, by name."""
    kinds = (models.CheckConstraint, models.UniqueConstraint)
    return {
        constraint.name: model
        for label in ("accounts", "directory")
        for model in apps.get_app_config(label).get_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, kinds)
    }


def test_every_constraint_has_its_test() -> None:
    assert set(BREAKERS) == set(declared())


@pytest.mark.parametrize("name", sorted(BREAKERS))
def test_the_database_says_no(name: str) -> None:
    break_it = BREAKERS[name]()
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        break_it()
    assert f'"{name}"' in str(refused.value)
