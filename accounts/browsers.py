"""The browsers in which somebody is signed in, told so that they know them again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person

# The first word that a browser's own description holds counts: most name several others as well.
PROGRAMS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome"}
PROGRAMS |= {"Safari": "Safari"}
DEVICES = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows"}
DEVICES |= {"Mac OS": "Mac", "Linux": "Linux"}


@dataclass(frozen=True)
class SignedIn:
    """One browser that is signed in, since when, and whether it is the one that asks."""

    browser: str
    since: datetime
    is_this_one: bool


def signed_in(person: Person) -> list[SignedIn]:
    """List where `person` is signed in now, newest first."""
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    sessions = UserSession.objects.filter(user=person, session_key__in=alive)
    return [
        SignedIn(spoken_browser(session.user_agent), session.created_at, session.is_current())
        for session in sessions.order_by("-created_at")
    ]


def spoken_browser(user_agent: str) -> str:
    """Name a browser and its device: "Firefox, Windows". `user_agent` is what it says of itself."""
    program = next((PROGRAMS[word] for word in PROGRAMS if word in user_agent), "")
    device = next((DEVICES[word] for word in DEVICES if word in user_agent), "")
    return ", ".join(part for part in (program, device) if part) or _("A browser")
