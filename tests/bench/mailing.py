"""Mail through a worker to an SMTP server of this machine, beside the same mail in a bare loop."""

from __future__ import annotations

import os
import smtplib
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Person
from accounts.outbox import queue_for_all
from directory.choices import AgreementKind, MembershipState
from directory.emails import kinds
from directory.models import (
    Acceptance,
    AgreementVersion,
    Consent,
    Group,
    Meeting,
    Membership,
)
from tests.bench.smtp_server import SECONDS, Arrival, smtp_server

MAILS = 100
ROUNDS = 20


def mail() -> dict[str, Any]:
    """Owe mails, round by round; each time send the same ones again over one connection."""
    meeting, people = cancelled_meeting(MAILS)
    rates, ratios = [], []
    with smtp_server() as (port, arrivals), worker(port):
        for number in range(ROUNDS + 1):
            began = time.perf_counter()
            queue_for_all(
                kind=kinds.MEETING_CANCELLED, about=meeting, people=people, version=meeting.version
            )
            taken = [arrivals.get(timeout=SECONDS) for _ in people]
            through_worker = taken[-1].at - began
            in_a_loop = sent_again(taken, port)
            for _ in people:
                arrivals.get(timeout=SECONDS)
            # With the first, the worker was still starting.
            if number:
                rates.append(len(people) / through_worker)
                ratios.append(in_a_loop / through_worker)
            meeting.version += 1
            meeting.save(update_fields=("version",))
    return {"rates": rates, "ratios": ratios}


def sent_again(mails: list[Arrival], port: int) -> float:
    """Send mails that are made already over one open connection; return the seconds."""
    with smtplib.SMTP("127.0.0.1", port) as server:
        began = time.perf_counter()
        for it in mails:
            server.sendmail(it.sender, it.to, it.content)
        return time.perf_counter() - began


def cancelled_meeting(number: int) -> tuple[Meeting, list[Person]]:
    """Return a date that does not take place, and the members of its group."""
    group = Group.objects.order_by("id")[0]
    now = timezone.now()
    people = Person.objects.bulk_create(
        Person(email=f"member-{it}@example.org", display_name=f"Member {it}", is_safe_to_email=True)
        for it in range(number)
    )
    versions = {
        kind: AgreementVersion.objects.create(
            kind=kind, number=99, title="What we agree", text="What we agree.", published_at=now
        )
        for kind in AgreementKind.values
    }
    for person in people:
        Membership.objects.create(
            group=group,
            person=person,
            state=MembershipState.ACTIVE,
            joined_at=now,
            acceptance=Acceptance.objects.create(
                person=person, version=versions[AgreementKind.CONFIDENTIALITY]
            ),
            consent=Consent.objects.create(
                person=person, group=group, version=versions[AgreementKind.MEMBERSHIP]
            ),
        )
    start = now + timedelta(days=2)
    meeting = Meeting.everything.create(
        group=group,
        starts_at=start,
        original_start=start,
        ends_at=start + timedelta(hours=1),
        time_zone=group.time_zone,
        status="cancelled",
        reason="The hall is closed.",
    )
    return meeting, people


@contextmanager
def worker(port: int) -> Iterator[None]:
    """Run the site's own worker, which sends to that port."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "worker"],
        env={**os.environ, "MAIL_URL": f"smtp://127.0.0.1:{port}"},
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(SECONDS)
