"""Forms about the places of a date: how many there are, and who goes first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.forms.facilitate.fields import RefusableForm
from directory.models import Meeting
from directory.queries.seat_list import SeatLine
from directory.queries.seats import has_two_pools
from directory.refusals import Refusal
from directory.rules.seats import NO_REASON, why_not_these_places

MOST = 9999
FIRST_OF_ALL = ""


class PlacesForm(RefusableForm):
    """How many places a date has. Empty: as many as the group usually has."""

    is_all_optional = True

    capacity = forms.IntegerField(label=_("Places"), min_value=1, max_value=MOST, required=False)
    online_capacity = forms.IntegerField(
        label=_("Places online"), min_value=1, max_value=MOST, required=False
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        initial = {"capacity": meeting.capacity, "online_capacity": meeting.online_capacity}
        super().__init__(*args, initial=initial, **kwargs)
        self.meeting = meeting
        usual = {
            "capacity": meeting.group.meeting_capacity,
            "online_capacity": meeting.group.online_capacity,
        }
        if has_two_pools(meeting):
            self.fields["capacity"].label = _("Places in the room")
        else:
            del self.fields["online_capacity"]
        for name, field in self.fields.items():
            field.help_text = _usual(usual[name])
            field.widget.attrs["inputmode"] = "numeric"

    @property
    def places(self) -> dict[str, int | None]:
        """The numbers, as the action takes them. Only of a valid form."""
        return {
            "capacity": self.cleaned_data["capacity"],
            "online_capacity": self.cleaned_data.get("online_capacity"),
        }

    def clean(self) -> dict[str, Any]:
        """Ask the rule for each number by itself, so that the sentence stands beside it."""
        cleaned = super().clean() or {}
        now = {"capacity": self.meeting.capacity, "online_capacity": self.meeting.online_capacity}
        for name in self.fields:
            if name in cleaned:
                asked = now | {name: cleaned[name]}
                if refusal := why_not_these_places(self.meeting, **asked):
                    self.add_error(name, str(refusal))
        return cleaned

    def refuse(self, refusal: Refusal) -> None:
        """Show why nothing was done."""
        self.refusal = refusal
        self.add_error(None, str(refusal))


def _usual(number: int | None) -> Any:
    if number is None:
        return _("Leave it empty for no limit.")
    return _("Leave it empty for the group’s usual number: %(number)d.") % {"number": number}


class GoFirstForm(RefusableForm):
    """Before whom somebody goes who waits, and why."""

    # There is an answer to begin with.
    is_all_optional = True

    before = forms.ChoiceField(
        label=_("Where do they go?"), widget=forms.RadioSelect, required=False
    )
    reason = forms.CharField(
        label=_("Why do they go first?"),
        max_length=200,
        help_text=_(
            "Your organisation can read this later. Leave out names and what people live with."
        ),
        error_messages={"required": NO_REASON.message},
    )

    def __init__(self, *args: Any, ahead: Iterable[SeatLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first, *others = ahead
        self.fields["before"].choices = [
            (FIRST_OF_ALL, _("First of all, before %(name)s") % {"name": first.name}),
            *((str(one.seat), _("Before %(name)s") % {"name": one.name}) for one in others),
        ]
        self.initial.setdefault("before", FIRST_OF_ALL)
