"""Two people at the same page: what the second one types never undoes what the first one saved."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import blake2s
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.refusals import Refusal

OPENED_WITH = "opened_with"


class NoticesOtherEdits(forms.BaseForm):
    """For a form about one row: remembers in the page what each field held when it was opened.

    Fields that only others changed keep what they saved; where both changed the same field, the
    page comes back with this person's words in place and the others' beside them.
    """

    # Fields that say nothing of the row as it is, such as a link that is never shown again.
    not_compared: Iterable[str] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[OPENED_WITH] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.saved_now = {
            name: self.get_initial_for_field(field, name)
            for name, field in self.fields.items()
            if name != OPENED_WITH and name not in self.not_compared
        }
        self.initial[OPENED_WITH] = self._remembered()
        self.both_changed: list[dict[str, str]] = []

    @property
    def opened(self) -> dict[str, str]:
        """What the fields held when this page was opened; all as now where that is unknown."""
        now = {name: digest(value) for name, value in self.saved_now.items()}
        try:
            sent = json.loads(self.data.get(self.add_prefix(OPENED_WITH)) or "{}")
        except ValueError:
            sent = {}
        return now | sent if isinstance(sent, dict) else now

    @property
    def changed_by_others(self) -> list[str]:
        """Names of fields that somebody else saved since this page was opened."""
        opened = self.opened
        return [name for name, value in self.saved_now.items() if opened[name] != digest(value)]

    @property
    def changed_here(self) -> list[str]:
        """Names of fields that this person changed. Only of a valid form."""
        opened = self.opened
        return [
            name for name in self.saved_now if digest(self.cleaned_data.get(name)) != opened[name]
        ]

    def has_conflicts(self) -> bool:
        """Whether both changed the same field, to different things; if so, makes the page say so.

        Only of a valid form.
        """
        mine = set(self.changed_here)
        both = [
            name
            for name in self.changed_by_others
            if name in mine and digest(self.cleaned_data.get(name)) != digest(self.saved_now[name])
        ]
        if both:
            self._come_back_with(both)
        return bool(both)

    def labels_of(self, names: Iterable[str]) -> str:
        """The labels of these fields in one line."""
        return ", ".join(str(self[name].label) for name in names if name in self.fields)

    def add_refusal(self, refusal: Refusal) -> None:
        """Show why an action refused, at its field where it names one."""
        name = refusal.code if refusal.code in self.fields else None
        self.add_error(name, str(refusal))

    def _come_back_with(self, both: list[str]) -> None:
        self.both_changed = [
            {"label": str(self[name].label), "saved": self._shown(name)} for name in both
        ]
        self.data = self.data.copy()
        for name in set(self.changed_by_others) - set(both):
            self.data.setlist(self.add_prefix(name), _as_typed(self.saved_now[name]))
        self.data[self.add_prefix(OPENED_WITH)] = self._remembered()
        self.add_error(None, _("Somebody else saved this while you were writing."))

    def _remembered(self) -> str:
        return json.dumps({name: digest(value) for name, value in self.saved_now.items()})

    def _shown(self, name: str) -> str:
        """What is saved now, in the words of the page."""
        words = dict(_flat(getattr(self.fields[name], "choices", [])))
        values = _as_typed(self.saved_now[name])
        return ", ".join(str(words.get(value, value)) for value in values) or _("nothing")


class ChangesOfARow(NoticesOtherEdits, forms.ModelForm):
    """The form of a row whose fields stand in it as they are."""

    def changed_values(self) -> dict[str, Any]:
        """Return only what this person changed."""
        return {name: self.cleaned_data[name] for name in self.changed_here}

    def new_values(self) -> dict[str, Any]:
        """Return all that was typed."""
        return {name: self.cleaned_data[name] for name in self.saved_now}


def digest(value: Any) -> str:
    """A short mark that is the same for the same value, saved or typed."""
    return blake2s(json.dumps(_as_typed(value)).encode(), digest_size=6).hexdigest()


def _as_typed(value: Any) -> list[str]:
    """The value as a browser would send it: a list of texts, in an order of their own."""
    if value is None or value is False or value == "":
        return []
    if isinstance(value, str | int | float | bool):
        return ["on"] if value is True else [str(value).strip().replace("\r\n", "\n")]
    if isinstance(value, Model):
        return [str(value.pk)]
    if isinstance(value, Iterable):
        return sorted(text for one in value for text in _as_typed(one))
    return [str(value)]


def _flat(choices: Any) -> Iterable[tuple[str, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from ((str(one), name) for one, name in label)
        else:
            yield str(value), label


SAVED_BOTH = gettext_lazy(
    "Somebody else changed this while you were writing, and both are kept: %s"
)
