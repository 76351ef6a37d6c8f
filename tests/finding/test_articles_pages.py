from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from directory.actions.content import set_up_site
from directory.choices import GroupStatus
from directory.models import AgreementVersion, Article, ConfidentialityNote, CrisisLine, Topic
from tests import factories

pytestmark = pytest.mark.django_db
ARTICLE = "/articles/benefits-of-peer-support-groups/"
PAGES = ("/articles/", ARTICLE, "/confidentiality/", "/evidence/", "/safety/", "/crisis/")


@pytest.fixture
def site() -> None:
    set_up_site(by=None)


def text_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("path", PAGES)
def test_anybody_reads_it_without_a_cookie(client: Client, site: None, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies


@pytest.mark.parametrize("path", PAGES[:1] + PAGES[2:])
def test_a_site_without_content_still_answers(client: Client, path: str) -> None:
    text_of(client, path)


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_posted_to_it(client: Client, site: None, path: str) -> None:
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["es", "fr", "ar"])
def test_it_stands_in_every_language(client: Client, site: None, path: str, language: str) -> None:
    assert f'<html lang="{language}"' in text_of(client, f"/{language}{path}")


def test_an_unknown_article_is_not_found(client: Client, site: None) -> None:
    assert client.get("/articles/no-such-article/").status_code == 404


def test_an_article_not_published_is_not_found(client: Client, site: None) -> None:
    Article.objects.update(published_at=timezone.now() + timedelta(days=1))
    assert client.get(ARTICLE).status_code == 404
    assert "Benefits of peer support groups" not in text_of(client, "/articles/")
    assert "hope and empowerment" not in text_of(client, "/evidence/")


def test_an_article_has_contents_and_parts_that_say_their_source(
    client: Client, site: None
) -> None:
    page = text_of(client, ARTICLE)
    for part in Article.objects.get().parts.all():
        assert f'href="#{part.slug}"' in page
        assert f'id="{part.slug}"' in page
        assert part.source.replace("'", "&#x27;") in page
    assert "5 minutes to read" in page


def test_the_evidence_stands_on_the_articles_page_and_on_its_own(
    client: Client, site: None
) -> None:
    for path in (ARTICLE, "/evidence/"):
        page = text_of(client, path)
        assert "may improve hope and empowerment" in page
        assert "does not appear to have an effect on clinical symptoms" in page
        assert "Sheffield Hallam College" in page


def test_a_page_that_calls_a_group_a_safe_place_says_what_was_measured(
    client: Client, site: None
) -> None:
    group = factories.make_group()
    for path in ("/confidentiality/", f"/groups/{group.slug}/"):
        page = text_of(client, path)
        assert "speak freely and are not judged" in page
        assert "may improve hope and empowerment. It does not appear" in page


def test_a_part_and_the_notes_that_rest_on_it_point_to_each_other(
    client: Client, site: None
) -> None:
    note = ConfidentialityNote.objects.get(slug="stays-here")
    assert f"/confidentiality/#note-{note.slug}" in text_of(client, ARTICLE)
    page = text_of(client, "/confidentiality/")
    assert f'id="note-{note.slug}"' in page
    assert f"{ARTICLE}#confidentiality" in page


def test_what_people_wrote_is_shown_as_text(client: Client, site: None) -> None:
    planted = "<script>alert(1)</script>"
    Article.objects.update(title=planted, opening=planted)
    assert planted not in text_of(client, ARTICLE)


def test_the_soonest_published_groups_are_offered_once_each(client: Client, site: None) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    for number, name in enumerate(("Third", "First", "Second", "Fourth")):
        group = factories.make_group(name=name)
        days = timedelta(days={"First": 0, "Second": 1, "Third": 2}.get(name, 3))
        factories.make_meeting(group, tomorrow + days)
        factories.make_meeting(group, tomorrow + days + timedelta(hours=number))
    factories.make_meeting(factories.make_group(name="Draft", status=GroupStatus.DRAFT), tomorrow)
    shown = client.get(ARTICLE).context["meetings"]
    assert [meeting.group.name for meeting in shown] == ["First", "Second", "Third"]


def test_a_cancelled_date_is_no_invitation(client: Client, site: None) -> None:
    factories.make_meeting(factories.make_group(), status="cancelled", reason="Snow")
    assert client.get(ARTICLE).context["meetings"] == []


def test_an_article_on_a_topic_offers_groups_on_it(client: Client, site: None) -> None:
    topic = Topic.objects.get(slug="bereavement")
    Article.objects.get().topics.add(topic)
    factories.make_meeting(factories.make_group(name="Other"))
    factories.make_meeting(factories.make_group(name="On it", topics=[topic]))
    assert [m.group.name for m in client.get(ARTICLE).context["meetings"]] == ["On it"]


def test_suggestions_are_not_marked_as_results(client: Client, site: None) -> None:
    factories.make_meeting(factories.make_group(name="Offered"))
    page = text_of(client, ARTICLE)
    assert "Offered" in page
    assert "data-group" not in page
    assert "data-meeting" not in page


@pytest.mark.parametrize("path", PAGES)
def test_three_groups_need_no_more_queries_than_one(client: Client, site: None, path: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        return len(captured)

    factories.make_meeting(factories.make_group())
    with_one = queries()
    for _number in range(2):
        factories.make_meeting(factories.make_group())
    assert queries() == with_one


def test_only_the_agreement_in_force_is_shown(client: Client, site: None) -> None:
    assert "Version 1, since" in text_of(client, "/confidentiality/")
    factories.make_agreement(text="The newer words.")
    page = text_of(client, "/confidentiality/")
    assert "The newer words." in page
    assert "I do not tell anyone who was there" not in page
    assert AgreementVersion.objects.count() == 3


def test_all_notes_are_on_the_page_with_their_source(client: Client, site: None) -> None:
    page = text_of(client, "/confidentiality/")
    for note in ConfidentialityNote.objects.all():
        assert f'id="note-{note.slug}"' in page
        assert note.source.replace("'", "&#x27;") in page


def test_crisis_help_has_a_place_for_each_country(client: Client, site: None) -> None:
    page = text_of(client, "/crisis/")
    for anchor, name in {"gb": "United Kingdom", "us": "United States", "es": "Spain"}.items():
        assert f'id="{anchor}"' in page
        assert f'href="#{anchor}">{name}' in page
    assert 'id="everywhere"' in page
    assert 'href="tel:999"' in page


def test_crisis_help_says_when_it_was_checked(client: Client, site: None) -> None:
    CrisisLine.objects.filter(country="GB", phone="111").update(reviewed_on="2026-01-05")
    assert "Last checked on Monday 5 January 2026." in text_of(client, "/crisis/")


@pytest.mark.parametrize(
    "said",
    [
        "It does not clear your history.",
        "A private window",
        "A phone or computer that others use",
        "spyware",
        "three times within five seconds",
    ],
)
def test_the_safety_page_says_what_helps_and_what_does_not(
    client: Client, said: str, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(5):
        assert said in text_of(client, "/safety/")
