"""Two people at the same moment, on two connections."""

from __future__ import annotations

import pytest

from directory.actions.groups import create_group, update_group
from directory.actions.invitations import accept_invitation, invite_facilitator
from directory.models import Facilitator, Group
from directory.refusals import Refused
from tests import factories
from tests.signing_up.test_races import both_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def codes(raised: list[Exception | None]) -> list[str | None]:
    return sorted(
        (error.refusal.code if isinstance(error, Refused) else repr(error)) if error else ""
        for error in raised
    )


def test_one_invitation_makes_one_facilitator() -> None:
    group = factories.make_group()
    invitation = invite_facilitator(group=group, by=None, email="fay@example.org")
    people = [factories.make_person(), factories.make_person()]
    raised = both_at_once(
        *(
            lambda person=person: accept_invitation(invitation=invitation, by=person)
            for person in people
        )
    )
    assert codes(raised) == ["", "accepted"]
    assert Facilitator.objects.count() == 1


def test_two_groups_of_one_name_get_two_addresses() -> None:
    organisations = [factories.make_organisation(), factories.make_organisation()]
    raised = both_at_once(
        *(
            lambda organisation=organisation: create_group(
                organisation=organisation,
                by=None,
                name="Grief",
                format="in-person",
                joining="sign-up",
            )
            for organisation in organisations
        )
    )
    assert codes(raised) == ["", ""]
    assert sorted(Group.everything.values_list("slug", flat=True)) == ["grief", "grief-2"]


def test_two_who_save_the_same_version_do_not_overwrite_each_other() -> None:
    group = factories.make_group(status="draft")
    raised = both_at_once(
        lambda: update_group(group=group, by=None, version=1, summary="Tea."),
        lambda: update_group(group=group, by=None, version=1, who_greets="Fay."),
    )
    assert codes(raised) == ["", "changed_meanwhile"]
    assert Group.everything.get().version == 2
