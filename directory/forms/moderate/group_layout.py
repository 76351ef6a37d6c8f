"""In which order the form about a group asks, and what it asks only where it fits.

The stylesheet hides `if-…` while another answer is chosen; without it everything is there.
"""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Fieldset, Layout
from django.utils.translation import gettext_lazy as _

from directory.forms.moderate.group_words import PLACE_LABELS, ROOM_LABELS

NEW_PLACE = "place_"
ROOM = "room_"
# (anchor, legend, fields and parts): `_part` says what stands in a part.
FIELDSETS = (
    (
        "the-group",
        _("The group"),
        ("name", "summary", "who_for", "description", "what_it_is_not"),
    ),
    (
        "for-whom",
        _("About what, and for whom"),
        (
            *("topics", "languages", "more_languages", "audiences"),
            *("ages", "adults_only"),
        ),
    ),
    (
        "where",
        _("Where it meets"),
        ("format", "places", "room", "access_features", "country", "time_zone"),
    ),
    (
        "joining",
        _("How people join"),
        (
            *("joining", "asking", "openness", "capacities", "online_capacity"),
            *("first_timer_places", "releases_absent", "single_dates", "allows_companions"),
            *("cost", "cost_note"),
        ),
    ),
    (
        "first-visit",
        _("The first visit"),
        (
            *("what_to_expect", "door", "who_greets", "if_late", "only_listen"),
            *("bring_somebody", "sizes"),
        ),
    ),
    ("private", _("Only for your organisation"), ("private_notes",)),
)
SHORT_CHOICES = ("languages", "audiences", "access_features")
TWO_NUMBERS = {
    "ages": ("min_age", "max_age"),
    "capacities": ("capacity", "meeting_capacity"),
    "sizes": ("usual_size_from", "usual_size_to"),
}
TOPICS_TEMPLATE = "moderate/_topics_field.html"


def group_helper() -> FormHelper:
    """Return how crispy draws the form."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(
        "opened_with",
        *(
            Fieldset(legend, *(_part(name) for name in names), css_id=anchor)
            for anchor, legend, names in FIELDSETS
        ),
    )
    return helper


def _part(name: str) -> str | Div | Field:
    if name in SHORT_CHOICES:
        return Div(name, css_class="short-choices")
    if name in TWO_NUMBERS:
        return Div(*TWO_NUMBERS[name], css_class="two-numbers")
    parts = {
        "places": lambda: Div("place", _new_place(), css_class="if-in-person"),
        "room": lambda: Div(_room(), "camera", css_class="if-online"),
        "asking": lambda: Div("answer_within_days", css_class="if-ask"),
        "online_capacity": lambda: Div("online_capacity", css_class="if-hybrid"),
        "single_dates": lambda: Div("allows_single_dates", css_class="if-sign-up"),
        "allows_companions": lambda: Div("allows_companions", css_class="if-in-person"),
        "door": lambda: Div("which_door", css_class="if-in-person"),
        "topics": lambda: Field("topics", template=TOPICS_TEMPLATE),
    }
    return parts[name]() if name in parts else name


def _new_place() -> Fieldset:
    names = [f"{NEW_PLACE}{name}" for name in PLACE_LABELS]
    *first, area = names
    return Fieldset(
        _("A new place"), *first, Div(area, css_class="if-area"), css_class="inset if-new-place"
    )


def _room() -> Fieldset:
    return Fieldset(
        _("The online room"),
        HTML('<p class="form-text">{{ form.room_hint }}</p>'),
        *(f"{ROOM}{name}" for name in ROOM_LABELS),
        css_class="inset",
    )
