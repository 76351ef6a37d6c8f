"""A try to give a group fewer places than ten: the audit trail keeps it, refused or not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import Person
from directory.actions.locks import lock_group
from directory.models import Group
from directory.refusals import refuse_if
from directory.rules.group_places import TRIED, numbers_that_tell, why_not_try
from directory.rules.moderating import why_not_moderate


@transaction.atomic
def write_try(*, group: Group, by: Person | None, values: Mapping[str, Any]) -> None:
    """Keep that numbers were tried by which somebody learns how few are in a group.

    It is a transaction of its own, before the change: a refusal would take its line back. Which
    number it was is not kept. Raises Refused.
    """
    locked = lock_group(group)
    refuse_if(why_not_moderate(locked.organisation, by))
    numbers = numbers_that_tell(locked, by, values)
    if not numbers:
        return
    refuse_if(why_not_try(locked, numbers[0], timezone.now()))
    record(by=by, action=TRIED, about=locked, organisation=locked.organisation, fields=numbers)
