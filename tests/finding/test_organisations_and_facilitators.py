"""The page of an organisation, and the list of facilitators."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from directory.choices import GroupStatus
from directory.models import FacilitatorProfile, Group, Organisation
from tests import factories
from tests.finding.pages import groups, source, title, words

pytestmark = pytest.mark.django_db
ORGANISATION = "/organisations/harbour-listening/"


class TestOrganisation:
    def test_it_tells_who_it_is_and_lists_its_groups(
        self, client: Client, organisation: Organisation, group: Group, other_group: Group
    ) -> None:
        organisation.description = "We are **small**."
        organisation.website = "https://harbour.example.org/"
        organisation.contact_email = "hello@harbour.example.org"
        organisation.save(update_fields=["description", "website", "contact_email"])
        factories.make_group(organisation=organisation, status=GroupStatus.DRAFT)
        response = client.get(ORGANISATION)
        assert title(response) == "Harbour Listening – Waymeet"
        assert groups(response) == ["grief-on-tuesdays"]
        assert words(response).startswith(
            "All groups Harbour Listening We are small ."
            " Web page https://harbour.example.org/ E-mail hello@harbour.example.org 1 group"
        )

    def test_one_without_public_groups_is_not_found(self, client, organisation) -> None:
        factories.make_group(organisation=organisation, status=GroupStatus.DRAFT)
        assert client.get(ORGANISATION).status_code == 404

    def test_an_unknown_one_is_not_found(self, client: Client) -> None:
        assert client.get("/organisations/nobody/").status_code == 404

    def test_nothing_is_posted_to_it(self, client: Client, group: Group) -> None:
        assert client.post(ORGANISATION).status_code == 405

    @pytest.mark.parametrize("page", ["2", "99", "x", "-1"])
    def test_any_page_is_answered(self, client: Client, group: Group, page: str) -> None:
        assert groups(client.get(f"{ORGANISATION}?page={page}")) == ["grief-on-tuesdays"]

    @pytest.mark.parametrize("count", [1, 3])
    def test_rows_cost_no_queries(
        self, client, kept, organisation, count, django_assert_num_queries
    ) -> None:
        for _ in range(count):
            group = factories.make_group(organisation=organisation)
            factories.make_meeting(group)
        client.get(ORGANISATION)
        # The organisation; how many groups; the groups; their dates.
        with django_assert_num_queries(4):
            assert len(groups(client.get(ORGANISATION))) == count


class TestFacilitators:
    def names(self, response) -> list[str]:
        return re.findall(r'<h2 class="card-title"><a [^>]*>(.*?)</a></h2>', source(response))

    def test_those_who_chose_it_are_listed_with_their_groups(self, client, fay, gil) -> None:
        FacilitatorProfile.objects.filter(person=fay).update(about="I like long walks.")
        response = client.get("/facilitators/")
        assert self.names(response) == ["Fay", "Gil"]
        assert "Fay I like long walks. Grief on Tuesdays In person: Leeds" in words(response)

    def test_they_come_in_the_order_of_the_alphabet(self, client: Client) -> None:
        for name in ("Zoë", "DeShawn", "élodie", "Declan", "Eli"):
            factories.make_facilitator(
                factories.make_group(), factories.make_person(), first_name=name
            )
        names = self.names(client.get("/facilitators/"))
        assert names == ["Declan", "DeShawn", "Eli", "élodie", "Zoë"]

    def test_nobody_else_is(self, client: Client, group: Group, fay) -> None:
        draft = factories.make_group(status=GroupStatus.DRAFT, name="Draft")
        for name, where, fields in (
            ("Unlisted", group, {}),
            ("Draftonly", draft, {"first_name": "Draftonly"}),
            ("Gone", group, {"first_name": "Gone", "ended_at": timezone.now()}),
        ):
            factories.make_facilitator(where, factories.make_person(name), **fields)
        factories.make_facilitator(draft, fay)
        response = client.get("/facilitators/")
        assert self.names(response) == ["Fay"]
        assert "Draft" not in words(response)

    def test_one_who_took_it_back_is_gone(self, client: Client, fay) -> None:
        FacilitatorProfile.objects.update(is_listed=False)
        assert "Nobody is listed yet" in words(client.get("/facilitators/"))

    def test_nothing_is_posted_to_it(self, client: Client) -> None:
        assert client.post("/facilitators/").status_code == 405

    @pytest.mark.parametrize("count", [1, 3])
    def test_rows_cost_no_queries(self, client, kept, count, django_assert_num_queries) -> None:
        for number in range(count):
            person = factories.make_person()
            for _ in range(count):
                factories.make_facilitator(
                    factories.make_group(), person, first_name=f"Fay {number}"
                )
        client.get("/facilitators/")
        # How many; the people's listings; their groups.
        with django_assert_num_queries(3):
            assert len(self.names(client.get("/facilitators/"))) == count


class TestFacilitator:
    @pytest.fixture
    def address(self, fay) -> str:
        profile = FacilitatorProfile.objects.get(person=fay)
        return f"/facilitators/{profile.public_id}/"

    def test_it_shows_a_first_name_and_the_public_groups(
        self, client, address, fay, group, organisation
    ) -> None:
        FacilitatorProfile.objects.update(about="I like long walks.")
        draft = factories.make_group(
            organisation=organisation, name="Draft", status=GroupStatus.DRAFT
        )
        factories.make_facilitator(draft, fay)
        response = client.get(address)
        assert title(response) == "Fay – Waymeet"
        assert "Fay I like long walks. 1 group Grief on Tuesdays" in words(response)
        assert groups(response) == ["grief-on-tuesdays"]
        for kept_back in (fay.email, str(fay.pk), "Draft"):
            assert kept_back not in source(response)
        assert not response.cookies

    def test_one_who_took_it_back_or_ended_is_gone(self, client, address, fay) -> None:
        FacilitatorProfile.objects.update(is_listed=False)
        assert client.get(address).status_code == 404
        FacilitatorProfile.objects.update(is_listed=True)
        fay.facilitations.update(ended_at=timezone.now())
        assert client.get(address).status_code == 404

    def test_a_person_cannot_be_looked_up_by_another_key(self, client, address, fay) -> None:
        assert client.get(f"/facilitators/{fay.pk}/").status_code == 404
        assert client.post(address).status_code == 405

    @pytest.mark.parametrize("count", [1, 3])
    def test_rows_cost_no_queries(
        self, client, kept, address, fay, count, django_assert_num_queries
    ) -> None:
        for _ in range(count - 1):
            factories.make_facilitator(factories.make_group(), fay)
        client.get(address)
        # The facilitator; the groups; their dates.
        with django_assert_num_queries(3):
            assert len(groups(client.get(address))) == count
