"""What a visitor asks a group, or says is wrong on its page. No account, no cookie."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import AddressField
from accounts.names import visible_name
from directory.choices import WrongAbout
from directory.forms.traps import Trapped
from directory.models import Correction, Question
from directory.refusals import Refusal
from directory.rules.asking import why_not_mail


class _Asking(Trapped):
    @property
    def words(self) -> dict[str, str]:
        """What was written, without the trap."""
        return {name: value for name, value in self.cleaned_data.items() if name != "subject_line"}

    def refuse(self, refusal: Refusal) -> None:
        """Show why nothing was kept, beside the field that it is about."""
        self.add_error(refusal.code if refusal.code in self.fields else None, str(refusal))


class QuestionForm(_Asking):
    """A question, and where the answer goes."""

    text = forms.CharField(
        label=_("Your question"),
        help_text=_("You need not say who you are, what you live with, or why you ask."),
        max_length=Question._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Please write your question.")},
    )
    name = forms.CharField(
        label=_("A name to go by"),
        max_length=Question._meta.get_field("name").max_length,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    address = AddressField(
        label=_("Your e-mail address, for the answer"),
        help_text=_(
            "Nobody in the group sees it. We use it for this one answer, and then we erase it. "
            "Please give an address that only you read: the answer names the group."
        ),
    )

    def clean_name(self) -> str:
        """Return the name as people can see it."""
        return visible_name(self.cleaned_data["name"])


class CorrectionForm(_Asking):
    """What is wrong, and perhaps where an answer goes."""

    about = forms.ChoiceField(
        label=_("What is wrong?"), choices=WrongAbout.pairs, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("What would be right, as far as you know?"),
        help_text=_("Please leave out the names of people who come."),
        max_length=Correction._meta.get_field("text").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    address = AddressField(
        label=_("Your e-mail address, if you would like an answer"),
        help_text=_(
            "Nobody in the group sees it. We use it for this one answer, and then we erase it."
        ),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for words where the box alone says too little."""
        cleaned = super().clean() or {}
        if cleaned.get("about") == WrongAbout.OTHER and not cleaned.get("text", "").strip():
            self.add_error("text", _("Please say in a few words what is wrong."))
        return cleaned


class AnswerForm(forms.Form):
    """The answer to a question or a correction."""

    answer = forms.CharField(
        label=_("Your answer"),
        max_length=Question._meta.get_field("answer").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, is_needed: bool, help_text: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["answer"].required = is_needed
        self.fields["answer"].help_text = help_text
        self.fields["answer"].error_messages["required"] = _("Please write an answer.")

    def clean_answer(self) -> str:
        """Refuse a way into an online room."""
        answer: str = self.cleaned_data["answer"]
        if refusal := why_not_mail(answer):
            raise forms.ValidationError(str(refusal))
        return answer

    def refuse(self, refusal: Refusal) -> None:
        """Show why nothing was sent."""
        self.add_error("answer" if refusal.code in {"answer", "room"} else None, str(refusal))
