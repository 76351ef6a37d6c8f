from __future__ import annotations

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from accounts.models import AuditEntry
from directory import content
from directory.actions.content import set_up_site
from directory.choices import AgreementKind
from directory.models import (
    AgreementVersion,
    Article,
    ArticlePart,
    ConfidentialityNote,
    CrisisLine,
    EverydayWords,
    SiteProfile,
    Topic,
)
from directory.queries.crisis import crisis_lines_by_country, crisis_lines_needing_review
from directory.queries.site import crisis_lines_of
from tests import factories

pytestmark = pytest.mark.django_db
MODELS = (
    AgreementVersion,
    Article,
    ArticlePart,
    ConfidentialityNote,
    CrisisLine,
    EverydayWords,
    Topic,
)
DEMO_TOPICS = {
    *("bereavement", "depression", "anxiety", "chronic-pain", "alcohol", "other-addiction"),
    *("cancer", "carers", "postnatal-depression", "eating-difficulties", "long-term-conditions"),
    "relatives-addiction",
}


def everything_there() -> list[dict[str, object]]:
    return [row for model in MODELS for row in model.objects.order_by("pk").values()]


def test_it_loads_each_kind() -> None:
    loaded = set_up_site(by=None)
    assert loaded.pop("everyday_words") > 2000
    assert loaded == {
        "topics": 52,
        "articles": 1,
        "notes": 18,
        "agreements": 2,
        "crisis_lines": 16,
    }
    assert Article.objects.published().get().parts.count() == 5


def test_twice_changes_nothing() -> None:
    set_up_site(by=None)
    before = everything_there()
    assert set(set_up_site(by=None).values()) == {0}
    assert everything_there() == before
    assert AuditEntry.objects.filter(action="site.set_up").count() == 1


def test_what_was_edited_in_the_browser_stays() -> None:
    set_up_site(by=None)
    ArticlePart.objects.filter(slug="stigma").update(body="Our own words.")
    CrisisLine.objects.filter(country="GB").update(instructions="Ours.")
    SiteProfile.objects.update(name="Harbour", country="IE")
    Topic.objects.filter(slug="hiv").delete()
    before = everything_there()
    set_up_site(by=None)
    assert everything_there() == before
    assert SiteProfile.objects.get().name == "Harbour"


def test_newer_shipped_words_do_not_overwrite(monkeypatch: pytest.MonkeyPatch) -> None:
    set_up_site(by=None)
    before = everything_there()
    newer = content.ShippedAgreement(AgreementKind.CONFIDENTIALITY, 2, "Newer", "Ours", "Newer")
    monkeypatch.setattr(content, "agreements", lambda: [newer])
    set_up_site(by=None)
    assert everything_there() == before


def test_an_agreement_of_the_sites_own_is_not_joined_by_ours() -> None:
    factories.make_agreement(AgreementKind.CONFIDENTIALITY)
    assert set_up_site(by=None)["agreements"] == 1
    assert AgreementVersion.objects.get(kind=AgreementKind.CONFIDENTIALITY).text == (
        "What is said here stays here."
    )


def test_the_site_has_a_name_a_country_and_a_way_out() -> None:
    set_up_site(by=None)
    site = SiteProfile.objects.get()
    assert (site.name, site.country) == ("Waymeet", "GB")
    assert site.exit_url == "https://www.bbc.co.uk/weather"


def test_the_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    # Loading all towns takes a second and has a test of its own.
    factories.make_town()
    call_command("setup_site")
    assert "Confidentiality notes: 18 loaded\n" in capsys.readouterr().out
    call_command("setup_site")
    assert "Confidentiality notes: kept as they are\n" in capsys.readouterr().out


def test_topics_are_a_tree_of_two_levels_with_those_the_demo_uses() -> None:
    set_up_site(by=None)
    assert set(Topic.objects.values_list("slug", flat=True)) >= DEMO_TOPICS
    assert not Topic.objects.filter(parent__parent__isnull=False).exists()
    assert not Topic.objects.filter(description="").exists()


def test_british_lines_read_in_order_are_the_given_sentence() -> None:
    set_up_site(by=None)
    assert " ".join(line.instructions for line in crisis_lines_of("GB")) == (
        "This is not a crisis service. Call 999 or go to A&E now if you or someone else is in "
        "danger. For urgent mental health help call 111 and choose mental health. To talk any "
        "time, call Samaritans free on 116 123 or text SHOUT to 85258."
    )


def test_every_country_begins_with_what_to_do_in_danger() -> None:
    set_up_site(by=None)
    for country in ("GB", "IE", "US", "CA", "FR", "ES", ""):
        first, *others = crisis_lines_of(country)
        assert first.is_emergency
        assert others
        assert first.instructions.startswith("This is not a crisis service. Call ")


def test_a_country_without_lines_gets_those_that_hold_everywhere() -> None:
    set_up_site(by=None)
    assert crisis_lines_of("NZ") == crisis_lines_of("")


def test_the_sites_country_comes_first_and_everywhere_last() -> None:
    set_up_site(by=None)
    countries = [entry.country for entry in crisis_lines_by_country(first="IE")]
    assert countries == ["IE", "CA", "FR", "ES", "GB", "US", ""]


def test_a_line_needs_review_after_180_days() -> None:
    factories.make_crisis_line(name="Kept", reviewed_on=date(2026, 1, 2))
    late = factories.make_crisis_line(name="Late", reviewed_on=date(2026, 1, 1))
    assert list(crisis_lines_needing_review(date(2026, 7, 1))) == [late]


def test_the_check_fails_while_a_line_needs_review() -> None:
    call_command("check_crisis_lines")
    factories.make_crisis_line(reviewed_on=date(2020, 1, 1))
    with pytest.raises(CommandError, match="Samaritans  2020-01-01"):
        call_command("check_crisis_lines")
