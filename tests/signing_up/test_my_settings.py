"""One's own settings."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person

pytestmark = pytest.mark.django_db


def test_settings_are_changed(as_ada: Client, ada: Person) -> None:
    sent = {
        "display_name": "  Otter   12 ",
        "is_safe_to_email": "no",
        "mail_preference": "none",
        "language": "es",
        "time_zone": "Europe/Madrid",
    }
    assert as_ada.post(reverse("my_settings"), sent).url == "/es/me/settings/"
    ada.refresh_from_db()
    assert (ada.display_name, ada.is_safe_to_email, ada.mail_preference) == (
        "Otter 12",
        False,
        "none",
    )
    assert (ada.language, ada.time_zone) == ("es", "Europe/Madrid")


def test_settings_that_do_not_fit_change_nothing(as_ada: Client, ada: Person) -> None:
    response = as_ada.post(reverse("my_settings"), {"display_name": "Otter", "time_zone": "Moon"})
    assert {"is_safe_to_email", "time_zone"} <= set(response.context["form"].errors)
    assert "We do not know this time zone" in response.content.decode()
    ada.refresh_from_db()
    assert ada.display_name == "Ada"


def test_what_was_answered_is_shown(as_ada: Client) -> None:
    form = as_ada.get(reverse("my_settings")).content.decode()
    assert 'value="yes" id="id_is_safe_to_email_0" required checked' in form.replace("  ", " ")
