"""Makes the message that is sent from a row of the outbox, if it is still owed."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db.models import Max
from django.template.loader import render_to_string
from django.utils import translation

from accounts.choices import MailPreference
from accounts.models import OutgoingMail, Person
from directory.emails import (
    added,
    asked,
    calendars,
    changes,
    cover,
    invitations,
    kinds,
    meetings,
    memberships,
    reminders,
    seats,
)
from directory.emails.batch import once
from directory.emails.letters import Letter, page
from directory.mail_links import stop_token

Writer = Callable[[OutgoingMail, Person], Letter | None]

WRITERS: dict[str, Writer] = {
    kinds.MEETING_CANCELLED: meetings.date_changed,
    kinds.MEETING_MOVED: meetings.date_changed,
    kinds.SCHEDULE_CHANGED: changes.schedule_changed,
    kinds.DATES_ADDED: added.dates_added,
    kinds.SEAT_OFFERED: seats.seat_offered,
    kinds.SEAT_WAITS: seats.seat_waits,
    kinds.FORMAT_CHANGED: seats.format_changed,
    kinds.ROOM_AGAIN: seats.room_again,
    kinds.REMINDER: reminders.reminder,
    kinds.REQUEST_RECEIVED: memberships.request_received,
    kinds.REQUEST_ACCEPTED: memberships.request_accepted,
    kinds.REQUEST_DECLINED: memberships.request_declined,
    kinds.MEMBERSHIP_PROMOTED: memberships.membership_promoted,
    kinds.REMOVED: memberships.removed,
    kinds.QUESTION_RECEIVED: asked.received,
    kinds.CORRECTION_RECEIVED: asked.received,
    kinds.COVER_ASKED: cover.cover_asked,
    kinds.COVER_OFFERED: cover.cover_offered,
    kinds.COVER_ACCEPTED: cover.cover_accepted,
    kinds.COVER_NOT_NEEDED: cover.cover_not_needed,
    kinds.COVER_MISSING: cover.cover_missing,
    kinds.CALENDAR_ENDS: calendars.calendar_ends,
}
TO_AN_ADDRESS: dict[str, Callable[[OutgoingMail], Letter | None]] = {
    kinds.INVITATION: invitations.invitation,
    kinds.QUESTION_ANSWERED: asked.answered,
    kinds.CORRECTION_ANSWERED: asked.answered,
}
# No vacation notices in answer, please (RFC 3834).
AUTOMATIC = {"Auto-Submitted": "auto-generated"}
# Stands in the words for the one part that is each person's own.
STOP_URL = "STOP-URL"


def render(mail: OutgoingMail) -> EmailMessage | None:
    """Return the message as it is right at this moment; None when it is no longer owed.

    Everything is asked again: whether the person takes mail, whether their membership or seat
    and their consent stand, whether the date is still as the mail would say. Raises LookupError
    for a kind that this version does not know.
    """
    if mail.text:
        return EmailMessage(mail.subject, mail.text, to=[mail.address], headers=dict(AUTOMATIC))
    if _has_newer(mail):
        return None
    if mail.person is None:
        return _to_address(mail)
    return _to_person(mail, mail.person)


def _has_newer(mail: OutgoingMail) -> bool:
    """Tell whether the same thing happened again since: the later mail says all."""
    newest = once(("newest", mail.kind, mail.about), lambda: _newest_versions(mail))
    return newest.get((mail.person_id, mail.address), 0) > mail.version


def _newest_versions(mail: OutgoingMail) -> dict[tuple[UUID | None, str], int]:
    """Return the newest version of mail about the same, by whom it goes to."""
    same = OutgoingMail.objects.filter(kind=mail.kind, about=mail.about).order_by()
    newest = same.values_list("person", "address").annotate(newest=Max("version"))
    return {(person, address): version for person, address, version in newest}


def _to_person(mail: OutgoingMail, person: Person) -> EmailMessage | None:
    if not person.takes_mail:
        return None
    with translation.override(_language(person.language)):
        letter = WRITERS[mail.kind](mail, person)
        if letter is None:
            return None
        stop = page("stop_mail", stop_token(person.id))
        message = _compose(
            letter,
            to=person.email,
            detailed=person.mail_preference == MailPreference.DETAILED,
            stop_url=stop,
        )
    # One press in the mail program, without signing in (RFC 8058).
    message.extra_headers["List-Unsubscribe"] = f"<{stop}>"
    message.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return message


def _to_address(mail: OutgoingMail) -> EmailMessage | None:
    """Write to somebody who may have no account. One who has, and takes no mail, gets none."""
    write = TO_AN_ADDRESS[mail.kind]
    known = Person.objects.filter(email=mail.address).first()
    if known is not None and not known.takes_mail:
        return None
    with translation.override(_language(known.language if known else asked.language_of(mail))):
        letter = write(mail)
        return None if letter is None else _compose(letter, to=mail.address)


def _compose(
    letter: Letter, *, to: str, detailed: bool = False, stop_url: str = ""
) -> EmailMultiAlternatives:
    same = [
        (name, tuple(value) if isinstance(value, list) else value)
        for name, value in letter.context.items()
    ]
    key = (letter.template, letter.url, detailed, translation.get_language(), *same)
    subject, text, html = once(key, lambda: _words(letter, detailed=detailed))
    text, html = text.replace(STOP_URL, stop_url), html.replace(STOP_URL, stop_url)
    message = EmailMultiAlternatives(subject, text, to=[to], headers=dict(AUTOMATIC))
    message.attach_alternative(html, "text/html")
    return message


def _words(letter: Letter, *, detailed: bool) -> tuple[str, str, str]:
    """Return subject, text and HTML, the same for everybody to whom the same is told."""
    context = {
        **letter.context,
        "url": letter.url,
        "detailed": detailed,
        "stop_url": STOP_URL,
        "language": translation.get_language(),
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
    }
    folder = f"emails/{letter.template}"
    subject = " ".join(render_to_string(f"{folder}/subject.txt", context).split())
    text = _tidy(render_to_string(f"{folder}/text.txt", context))
    html = render_to_string(f"{folder}/text.html", {**context, "subject": subject})
    return subject, text, html


def _tidy(text: str) -> str:
    """Return the text with one empty line between paragraphs, however the template is laid out."""
    paragraphs = (part.strip() for part in text.split("\n\n"))
    return "\n\n".join(part for part in paragraphs if part) + "\n"


def _language(code: str) -> str:
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
