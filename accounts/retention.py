"""What is not kept: mail that is done with, and sessions that have run out."""

from __future__ import annotations

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.choices import MailState
from accounts.models import OutgoingMail

# As long as somebody may ask why a mail came, or did not.
MAIL_KEPT = timedelta(days=30)
# A mail to an address that may belong to nobody here holds that address.
ADDRESS_KEPT = timedelta(days=1)


def forget_what_is_over() -> dict[str, int]:
    """Delete finished mail and sessions that are over; returns how many rows of each."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    # Each row holds from where somebody signed in; without its session it serves nobody.
    open_sessions = Session.objects.values("session_key")
    sessions, _rows = UserSession.objects.exclude(session_key__in=open_sessions).delete()
    finished = OutgoingMail.objects.exclude(state=MailState.WAITING)
    to_addresses, _rows = finished.filter(person=None, finished_at__lt=now - ADDRESS_KEPT).delete()
    to_people, _rows = finished.filter(finished_at__lt=now - MAIL_KEPT).delete()
    return {"sessions": sessions, "mails": to_addresses + to_people}
