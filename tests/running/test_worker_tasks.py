"""What the worker does by itself, and how jobs get into the queue."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.testing import InMemoryConnector

from accounts import jobs
from accounts.outbox import queue_text
from directory import tasks
from directory.actions import mail
from directory.models import Group, Meeting
from tests import factories

pytestmark = pytest.mark.django_db


def test_every_task_is_known_to_the_worker() -> None:
    ours = {name for name in jobs.app.tasks if "builtin" not in name}
    assert ours == {
        "send_mail",
        "retry_stalled_jobs",
        "queue_reminders",
        "generate_meetings",
        "fill_gaps",
        "expire_offers",
        "offer_kept_places",
        "escalate_cover",
        "tell_of_ending_calendars",
        "refresh_late_entries",
        "refresh_known_words",
        "count_finder_totals",
        "forget_old_jobs",
        "forget_what_is_over",
    }


def test_when_they_are_due() -> None:
    due = {task.task.name: task.cron for task in jobs.app.periodic_registry.periodic_tasks.values()}
    assert due == {
        "send_mail": "* * * * *",
        "retry_stalled_jobs": "* * * * *",
        "queue_reminders": "*/5 * * * *",
        "generate_meetings": "7 * * * *",
        "fill_gaps": "37 2 * * *",
        "expire_offers": "* * * * *",
        "offer_kept_places": "8-59/10 * * * *",
        "escalate_cover": "*/10 * * * *",
        "tell_of_ending_calendars": "23 9 * * *",
        "refresh_late_entries": "*/10 * * * *",
        "refresh_known_words": "57 2 * * *",
        "count_finder_totals": "4-59/10 * * * *",
        "forget_old_jobs": "17 3 * * *",
        "forget_what_is_over": "27 3 * * *",
    }


def test_a_job_is_part_of_the_transaction_in_the_worker_too() -> None:
    """The worker has a connection of its own to the queue; ours is not taken over by it."""
    with jobs.app.replace_connector(InMemoryConnector()):
        number = jobs.defer("send_mail", timestamp=0)
    assert ProcrastinateJob.objects.get(id=number).task_name == "send_mail"


@pytest.mark.parametrize(("silent_for", "taken_back"), [(10, 0), (40, 1)])
def test_jobs_of_a_silent_worker_are_taken_back(silent_for: int, taken_back: int) -> None:
    number = jobs.defer("send_mail", timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_workers (last_heartbeat) values (%s) returning id",
            [timezone.now() - timedelta(seconds=silent_for)],
        )
        cursor.execute(
            "update procrastinate_jobs set status = 'doing', worker_id = %s", cursor.fetchone()
        )
    assert jobs.retry_stalled_jobs() == taken_back
    assert ProcrastinateJob.objects.get(id=number).status == ("todo" if taken_back else "doing")


def test_dates_are_made_by_the_hour_and_gaps_filled_by_night(group: Group) -> None:
    factories.make_series(group, first_on=date(2026, 1, 6))
    tasks.generate_meetings(timestamp=0)
    assert Meeting.everything.count() == 12
    Meeting.everything.order_by("starts_at")[5].delete()
    tasks.generate_meetings(timestamp=0)
    assert Meeting.everything.count() == 11
    tasks.fill_gaps(timestamp=0)
    assert Meeting.everything.count() == 12


def test_the_command_says_how_many(group: Group, capsys: pytest.CaptureFixture[str]) -> None:
    factories.make_series(group)
    call_command("generate_meetings")
    call_command("generate_meetings")
    assert capsys.readouterr().out == "12 dates were made.\n0 dates were made.\n"


def test_waiting_mail_is_looked_for_each_minute(mailoutbox: list[Any]) -> None:
    queue_text(kind="code", address="new@example.org", subject="Confirm", text="Code 123456")
    ProcrastinateJob.objects.all().delete()
    tasks.send_mail(timestamp=0)
    assert [message.to for message in mailoutbox] == [["new@example.org"]]


def test_where_more_is_waiting_others_have_a_turn_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "deliver_due", lambda **_options: True)
    tasks.send_mail()
    assert ProcrastinateJob.objects.get().task_name == "send_mail"
