"""Forms about a date that is there: cancel, restore, move it, give it a theme, count who came."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from directory.forms.facilitate.fields import ClockField, DayField, RefusableForm, moment_of
from directory.models import Meeting
from directory.refusals import Refusal
from directory.rules.meetings import (
    NO_REASON,
    minutes_of,
    too_far,
    why_not_cancel,
    why_not_move,
    why_not_restore,
    why_not_this_version,
)

REASON_HELP = _("Everybody can read this. Leave out names and anything private.")


class ChangeForm(RefusableForm):
    """A change of one date, which remembers what its page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    tells_nobody = forms.BooleanField(
        label=_("Do not tell anybody: I only correct a mistake"),
        required=False,
        help_text=_("Then nobody gets an e-mail. The public page shows the change all the same."),
    )
    field_order = ("version", "seen", "on", "at", "duration_minutes", "reason", "tells_nobody")

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        initial = {"version": meeting.version, "seen": meeting.starts_at.isoformat()}
        super().__init__(*args, initial=initial | kwargs.pop("initial", {}), **kwargs)
        self.meeting = meeting
        self.seen_start: datetime | None = None

    @property
    def tells(self) -> bool:
        """Whether people are told."""
        return not self.cleaned_data["tells_nobody"]

    def refuse(self, refusal: Refusal) -> None:
        """Show why; after somebody else's change the form goes on from what is there now."""
        super().refuse(refusal)
        if refusal.code == "changed-meanwhile":
            self.seen_start = _moment(self.data.get("seen", ""))
            self.data = self.data.copy()
            self.data["version"] = self.meeting.version
            self.data["seen"] = self.meeting.starts_at.isoformat()


class CancelForm(ChangeForm):
    """Why a date does not take place."""

    reason = forms.CharField(
        label=_("Why is it cancelled?"),
        max_length=200,
        help_text=REASON_HELP,
        error_messages={"required": NO_REASON.message},
    )

    def clean(self) -> dict[str, Any]:
        """Ask the rule."""
        cleaned = super().clean() or {}
        if not self.errors:
            reason, version = cleaned["reason"], cleaned["version"]
            refusal = why_not_cancel(
                self.meeting, reason=reason, now=timezone.now()
            ) or why_not_this_version(self.meeting, version)
            if refusal:
                self.refuse(refusal)
        return cleaned


class RestoreForm(ChangeForm):
    """That a cancelled date takes place after all."""

    def clean(self) -> dict[str, Any]:
        """Ask the rule."""
        cleaned = super().clean() or {}
        if not self.errors:
            refusal = why_not_restore(self.meeting, now=timezone.now()) or why_not_this_version(
                self.meeting, cleaned["version"]
            )
            if refusal:
                self.refuse(refusal)
        return cleaned


class ThemeForm(RefusableForm):
    """What a date is about."""

    theme = forms.CharField(
        label=_("What it is about"),
        max_length=120,
        required=False,
        help_text=_("Everybody can read it. Nobody gets an e-mail about it."),
    )


class MoveForm(ChangeForm):
    """Another time for a date."""

    on = DayField(label=_("New day"))
    at = ClockField(label=_("New start"))
    duration_minutes = forms.IntegerField(label=_("How long, in minutes"))
    reason = forms.CharField(
        label=_("Why is it moved?"), max_length=200, required=False, help_text=REASON_HELP
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        initial = {
            "on": meeting.local_start.date(),
            "at": meeting.local_start.time(),
            "duration_minutes": minutes_of(meeting),
        }
        super().__init__(*args, meeting=meeting, initial=initial, **kwargs)
        self.starts_at: datetime | None = None

    @property
    def ends_at(self) -> datetime | None:
        """When the date would end."""
        minutes = self.cleaned_data["duration_minutes"]
        return self.starts_at + timedelta(minutes=minutes) if self.starts_at else None

    @property
    def is_done(self) -> bool:
        """Whether the date already is as this form would have it: it was sent twice."""
        return (
            self.starts_at == self.meeting.starts_at
            and self.cleaned_data.get("duration_minutes") == minutes_of(self.meeting)
            and self.cleaned_data.get("version") != self.meeting.version
        )

    def clean(self) -> dict[str, Any]:
        """Ask the rule, once every field can be read."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        self.starts_at = moment_of(cleaned["on"], cleaned["at"], self.meeting.time_zone)
        refusal = too_far() if self.starts_at is None else self._why_not(self.starts_at)
        if refusal and not self.is_done:
            self.refuse(refusal)
        return cleaned

    def _why_not(self, starts_at: datetime) -> Refusal | None:
        return why_not_this_version(self.meeting, self.cleaned_data["version"]) or why_not_move(
            self.meeting,
            starts_at=starts_at,
            duration_minutes=self.cleaned_data["duration_minutes"],
            now=timezone.now(),
        )


class CountForm(RefusableForm):
    """How many heads came."""

    came = forms.IntegerField(label=_("People who came"), min_value=0, max_value=999)
    first_time = forms.IntegerField(
        label=_("Of them for the first time"), min_value=0, max_value=999, initial=0
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["inputmode"] = "numeric"


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
