"""What many tests about dates begin with."""

from __future__ import annotations

from datetime import date, time

from accounts.models import Person
from directory.actions.series import add_series
from directory.models import Group, Series


def tuesdays(group: Group, by: Person, *, first_on: date) -> Series:
    """Tuesdays at seven in the group's zone, for an hour and a half; nobody is told of them."""
    return add_series(
        group=group,
        by=by,
        tells=False,
        first_on=first_on,
        starts_at_time=time(19),
        duration_minutes=90,
        rule="FREQ=WEEKLY;BYDAY=TU",
    )
