"""Whom to ask to stand in at a date."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Person
from directory.forms.facilitate.fields import RefusableForm
from directory.queries.cover import Colleague

ALL = "all"
# More of them than so many are chosen from a list that opens.
BUTTONS_AT_MOST = 8


class CoverForm(RefusableForm):
    """One person by name, or all who may; and a few words to them."""

    whom = forms.ChoiceField(label=_("Whom do you want to ask?"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("A few words to them"),
        max_length=200,
        required=False,
        help_text=_("Only they read this. Leave out who is in the group."),
    )

    def __init__(self, *args: Any, people: list[Colleague], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people: dict[str, Person] = {str(one.person.pk): one.person for one in people}
        whom = self.fields["whom"]
        whom.choices = [(ALL, _all_of(len(people))), *_choices(people)]
        whom.initial = ALL
        if len(people) > BUTTONS_AT_MOST:
            whom.widget = forms.Select(choices=whom.choices)

    @property
    def person(self) -> Person | None:
        """Who is asked by name; None where all who may are asked."""
        return self.people.get(self.cleaned_data["whom"])


def _all_of(number: int) -> str:
    words = ngettext(
        "Everybody who runs a group of your organisation: %(number)d person",
        "Everybody who runs a group of your organisation: %(number)d people",
        number,
    )
    return words % {"number": number}


def _choices(people: list[Colleague]) -> list[tuple[str, str]]:
    """Return a line for each; where two would read alike, they are numbered."""
    labels = [_label(one) for one in people]
    seen: Counter[str] = Counter()
    choices = []
    for one, label in zip(people, labels, strict=True):
        seen[label] += 1
        number = f" ({seen[label]})" if labels.count(label) > 1 else ""
        choices.append((str(one.person.pk), label + number))
    return choices


def _label(one: Colleague) -> str:
    """Return by what others know this person: never the name of the account."""
    groups = ", ".join(one.groups)
    if one.first_name:
        return f"{one.first_name} ({groups})" if groups else one.first_name
    if groups:
        return str(_("A facilitator of %(group)s") % {"group": groups})
    return str(_("A facilitator without a group that visitors see"))
