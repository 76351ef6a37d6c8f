from __future__ import annotations

from copy import copy
from typing import Any

from django import forms
from django.conf import settings
from django.forms.models import fields_for_model

from directory.choices import (
    AccessFeature,
    Audience,
    CameraRule,
    Cost,
    Format,
    Joining,
    Openness,
    PlaceShown,
)
from directory.forms.moderate.fields import (
    CountryField,
    LanguageNamesField,
    SeveralField,
    TopicsField,
    ZoneField,
    language_choices,
)
from directory.forms.moderate.group_layout import FIELDSETS, NEW_PLACE, ROOM, group_helper
from directory.forms.moderate.group_words import (
    HINTS,
    LABELS,
    PLACE_HINTS,
    PLACE_LABELS,
    ROOM_KEPT,
    ROOM_LABELS,
    ROOM_NEW,
)
from directory.forms.moderate.other_edits import NoticesOtherEdits
from directory.forms.moderate.place import WHERE_REQUIRED, place_choices
from directory.forms.numbers import say_limits
from directory.models import Group, OnlineRoom, Place
from directory.rules.groups import why_not_these_values
from directory.text.named_lists import likely_languages

# Nothing chosen says the same as “Everyone”.
SOME_PEOPLE = [choice for choice in Audience.choices if choice[0] != Audience.EVERYONE]
A_NEW_ONE = "new"
LONG_TEXTS = ("description", "what_to_expect", "private_notes")
SHORT_TEXTS = ("summary", "who_for", "what_it_is_not")
OF_THE_GROUP = (
    *("name", "summary", "who_for", "description", "what_it_is_not"),
    *("topics", "languages", "audiences", "min_age", "max_age", "adults_only"),
    *("format", "access_features", "country", "time_zone", "camera"),
    *("joining", "answer_within_days", "openness", "capacity", "meeting_capacity"),
    *("online_capacity", "first_timer_places", "releases_absent"),
    *("allows_single_dates", "allows_companions"),
    *("cost", "cost_note", "what_to_expect", "which_door", "who_greets", "if_late"),
    *("only_listen", "bring_somebody", "usual_size_from", "usual_size_to", "private_notes"),
)


def _one_of(choices: Any, **fields: Any) -> forms.ChoiceField:
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **fields)


class GroupForm(NoticesOtherEdits, forms.ModelForm):
    """All that a moderator says of a group. A name, a format and a way to join are enough to save.

    The actions save; `new_values` and `changed_values` are what they are given. The online room
    is written here and never read: who moderates need not get into a meeting.
    """

    is_all_optional = True
    fieldsets = FIELDSETS

    topics = TopicsField(required=False)
    languages = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    more_languages = LanguageNamesField(required=False, max_length=200)
    audiences = SeveralField(choices=SOME_PEOPLE, required=False)
    access_features = SeveralField(choices=AccessFeature.choices, required=False)
    format = _one_of(Format.choices)
    place = forms.ChoiceField(required=False)
    country = CountryField()
    time_zone = ZoneField()
    camera = _one_of(CameraRule.choices)
    joining = _one_of(Joining.choices)
    openness = _one_of(Openness.choices)
    cost = _one_of(Cost.choices)

    class Meta:
        model = Group
        fields = OF_THE_GROUP

    def __init__(self, *args: Any, instance: Group, **kwargs: Any) -> None:
        # A form writes what was typed into its instance; the page goes on showing what is saved.
        self.group = instance
        self.not_compared = ["more_languages"]
        kwargs["initial"] = {"place": instance.place_id, **kwargs.get("initial", {})}
        super().__init__(*args, instance=copy(instance), **kwargs)
        self.fields["place"].choices = place_choices(instance.organisation_id)
        self._offer_choices()
        self._add_fields(Place, NEW_PLACE, PLACE_LABELS, PLACE_HINTS)
        self._add_place_choices()
        self._add_fields(OnlineRoom, ROOM, ROOM_LABELS, {})
        self._word_fields()
        self.helper = group_helper()

    @property
    def room_hint(self) -> str:
        """What stands above the fields of the online room, which never show what is saved."""
        is_kept = OnlineRoom.objects.filter(group=self.group).exists()
        return str(ROOM_KEPT if is_kept else ROOM_NEW)

    def clean(self) -> None:
        """Hold the values to the rules. The database's constraints are the same, in other words."""
        values = self.cleaned_data
        more = values.get("more_languages") or []
        values["languages"] = list(dict.fromkeys([*values.get("languages", []), *more]))
        # How many places are taken only the action asks, which keeps that it was asked.
        for refusal in why_not_these_values(values):
            self.add_refusal(refusal)
        if values.get("place") == A_NEW_ONE:
            for name, sentence in WHERE_REQUIRED.items():
                if not values.get(f"{NEW_PLACE}{name}"):
                    self.add_error(f"{NEW_PLACE}{name}", str(sentence))

    def clean_first_timer_places(self) -> int:
        """Return none where nothing was typed."""
        return self.cleaned_data["first_timer_places"] or 0

    def new_values(self) -> dict[str, Any]:
        """Return all that was typed, as `create_group` takes it."""
        return self._values([*OF_THE_GROUP, "place"])

    def changed_values(self) -> dict[str, Any]:
        """Return only what this person changed, as `update_group` takes it."""
        return self._values(self.changed_here)

    def _values(self, names: list[str]) -> dict[str, Any]:
        values = {name: self.cleaned_data[name] for name in names if name != "place"}
        if "place" in names:
            values |= self._place_values()
        room = self._typed(ROOM, ROOM_LABELS)
        if any(room.values()):
            # A new link with the old passcode would let nobody in: the room is typed as a whole.
            values["online_room"] = room
        return values

    def _place_values(self) -> dict[str, Any]:
        chosen = self.cleaned_data["place"]
        if chosen == A_NEW_ONE:
            return {"new_place": self._typed(NEW_PLACE, PLACE_LABELS)}
        return {"place": Place.objects.get(pk=chosen) if chosen else None}

    def _typed(self, prefix: str, names: dict[str, Any]) -> dict[str, Any]:
        return {name: self.cleaned_data[f"{prefix}{name}"] for name in names}

    def _add_fields(self, model: Any, prefix: str, labels: dict, hints: dict) -> None:
        for name, field in fields_for_model(model, fields=labels).items():
            field.required = False
            field.label, field.help_text = labels[name], hints.get(name, "")
            self.fields[f"{prefix}{name}"] = field

    def _add_place_choices(self) -> None:
        label = PLACE_LABELS["country"]
        self.fields["place_country"] = CountryField(required=False, label=label)
        self.initial["place_country"] = self.group.country
        self.fields["place_shown"] = _one_of(
            PlaceShown.choices,
            required=False,
            initial=PlaceShown.EXACTLY,
            label=PLACE_LABELS["shown"],
            help_text=PLACE_HINTS["shown"],
        )

    def _offer_choices(self) -> None:
        codes = [code for code, _name in settings.LANGUAGES]
        codes += [*likely_languages(self.group.country), *self.group.languages]
        self.fields["languages"].choices = language_choices(codes)
        if Audience.EVERYONE in self.group.audiences:
            self.fields["audiences"].choices = Audience.choices

    def _word_fields(self) -> None:
        for name, label in LABELS.items():
            self.fields[name].label = label
            self.fields[name].help_text = HINTS.get(name, "")
        self.fields["first_timer_places"].required = False
        say_limits(self.fields.values())
        for name in (*LONG_TEXTS, *SHORT_TEXTS):
            rows = 6 if name in LONG_TEXTS else 2
            self.fields[name].widget = forms.Textarea(attrs={"rows": rows})
        # The browser would fill in the moderator's own.
        for name in ROOM_LABELS:
            self.fields[f"{ROOM}{name}"].widget.attrs["autocomplete"] = "off"
