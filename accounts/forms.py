from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from accounts.names import suggest_name, visible_name

YES_OR_NO = [("yes", _("Yes")), ("no", _("No"))]


class AddressField(forms.EmailField):
    """An e-mail address, kept in lower case."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Your e-mail address"))
        options.setdefault(
            "error_messages",
            {
                "required": _("Please type your e-mail address."),
                "invalid": _("Please type an e-mail address such as name@example.org."),
            },
        )
        options.setdefault("widget", forms.EmailInput(attrs={"autocomplete": "email"}))
        # No longer one can be used (RFC 5321, 4.5.3.1.3), and no column holds more.
        options.setdefault("max_length", 254)
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        """Return the address in lower case, which for some letters is longer."""
        return str(super().clean(value.lower() if isinstance(value, str) else value))


class DisplayNameField(forms.CharField):
    """The name that facilitators see."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("A name to go by"))
        options.setdefault("max_length", Person._meta.get_field("display_name").max_length)
        options.setdefault("error_messages", {"required": _("Please choose a name to go by.")})
        options.setdefault(
            "widget", forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
        )
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        """Return the name on one line, and all of it visible; an e-mail address is none."""
        name = visible_name(str(super().clean(value)))
        if not name:
            raise forms.ValidationError(self.error_messages["required"])
        if "@" in name:
            raise forms.ValidationError(_("Please choose a name that is not an e-mail address."))
        return name


class SafeToEmailField(forms.TypedChoiceField):
    """Whether it is safe to write to this person: asked of everybody, answered by none for them."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Is it safe to e-mail you?"))
        options.setdefault(
            "help_text",
            _(
                "Think of who else may see your e-mail, or the screen of your phone. "
                "If you say no, we send only the codes that you ask for."
            ),
        )
        options.setdefault(
            "error_messages", {"required": _("Please say whether it is safe to e-mail you.")}
        )
        super().__init__(
            choices=YES_OR_NO,
            coerce=lambda answer: answer == "yes",
            widget=forms.RadioSelect,
            **options,
        )

    def prepare_value(self, value: Any) -> Any:
        """Show a stored yes or no as the box that stands for it."""
        return {True: "yes", False: "no"}.get(value, value)


class SignInForm(forms.Form):
    login = AddressField(help_text=_("We send you a code. You need no password."))
    remember = forms.BooleanField(
        label=_("Keep me signed in on this device"),
        help_text=_("Leave this empty on a phone or computer that others use."),
        required=False,
    )


class AboutYouForm(forms.Form):
    """What an account needs besides an address that a code has proved."""

    display_name = DisplayNameField(
        help_text=_(
            "Facilitators see this name. It need not be your real one, and it is better if it is "
            "not. Keep our idea, or type another."
        )
    )
    is_safe_to_email = SafeToEmailField()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["display_name"].initial = suggest_name


class SignUpForm(AboutYouForm):
    email = AddressField(help_text=_("We send you a code. Nobody in a group sees your address."))
    # People do not see this; machines that fill in forms do, and give themselves away.
    website = forms.CharField(required=False)

    field_order = ("display_name", "email", "is_safe_to_email")

    @property
    def is_by_machine(self) -> bool:
        """Whether the field was filled in that people do not see."""
        return bool(self.cleaned_data["website"])


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code from the e-mail"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": _("Please type the code from the e-mail.")},
    )


class ChangeAddressForm(forms.Form):
    email = AddressField(
        label=_("Your new e-mail address"),
        help_text=_(
            "We send a code to the address you have now, then one to the new address. "
            "Until you have typed in both, nothing changes."
        ),
    )
