"""What the worker does: an id comes in, one action is called. The times are UTC."""

from __future__ import annotations

from accounts.jobs import SEND_MAIL, JobContext, app
from accounts.jobs import forget_old_jobs as forget
from accounts.jobs import retry_stalled_jobs as retry_stalled
from accounts.retention import forget_what_is_over as forget_over
from directory.actions import (
    asked,
    calendars,
    cover,
    finder,
    mail,
    reminders,
    room_watches,
    seats,
    series,
    vocabulary,
)


@app.periodic(cron="* * * * *")
@app.task(name=SEND_MAIL)
def send_mail(timestamp: int = 0) -> None:
    """Whenever mail is owed, and each minute: what is due by now."""
    mail.send_due_mail()


@app.periodic(cron="* * * * *")
@app.task(name="retry_stalled_jobs", queueing_lock="retry_stalled_jobs")
def retry_stalled_jobs(timestamp: int) -> None:
    """Each minute: jobs over which a worker died."""
    retry_stalled()


@app.periodic(cron="* * * * *")
@app.task(name="expire_offers", queueing_lock="expire_offers", lock="expire_offers")
def expire_offers(timestamp: int) -> None:
    """Each minute: places that were held long enough go to the next who waits."""
    seats.expire_offers()


@app.periodic(cron="8-59/10 * * * *")
@app.task(name="offer_kept_places", queueing_lock="offer_kept_places", lock="expire_offers")
def offer_kept_places(timestamp: int) -> None:
    """Each ten minutes: places kept for first-timers that became free for those who wait."""
    seats.offer_kept_places()


@app.periodic(cron="*/5 * * * *")
@app.task(name="queue_reminders", queueing_lock="queue_reminders")
def queue_reminders(timestamp: int) -> None:
    """Each five minutes: reminders whose time has come."""
    reminders.queue_reminders()


@app.periodic(cron="7 * * * *")
@app.task(name="generate_meetings", queueing_lock="generate_meetings", lock="generate_meetings")
def generate_meetings(timestamp: int) -> None:
    """Each hour: the next dates of the series that are due."""
    series.generate_meetings()


@app.periodic(cron="37 2 * * *")
@app.task(name="fill_gaps", queueing_lock="fill_gaps", lock="generate_meetings")
def fill_gaps(timestamp: int) -> None:
    """Each night: dates that are missing in any series, and places of members at any date."""
    series.generate_meetings(check_gaps=True)
    seats.seat_everybody()


@app.periodic(cron="*/10 * * * *")
@app.task(name="refresh_late_entries", queueing_lock="refresh_late_entries")
def refresh_late_entries(timestamp: int) -> None:
    """Each ten minutes: groups of which the finder knows nothing, or soon too little."""
    finder.refresh_late_entries()


@app.periodic(cron="*/10 * * * *")
@app.task(name="escalate_cover", queueing_lock="escalate_cover", lock="escalate_cover")
def escalate_cover(timestamp: int) -> None:
    """Each ten minutes: dates of the next two days at which somebody is missing."""
    cover.escalate_cover()


@app.periodic(cron="23 9 * * *")
@app.task(name="tell_of_ending_calendars", queueing_lock="tell_of_ending_calendars")
def tell_of_ending_calendars(timestamp: int) -> None:
    """Each morning: who gets no dates into their calendar any more two weeks from now."""
    calendars.tell_of_ending_calendars()


@app.periodic(cron="57 2 * * *")
@app.task(name="refresh_known_words", queueing_lock="refresh_known_words")
def refresh_known_words(timestamp: int) -> None:
    """Each night: the words by which mistyped ones are understood."""
    vocabulary.refresh_known_words()


@app.periodic(cron="4-59/10 * * * *")
@app.task(name="count_finder_totals", queueing_lock="count_finder_totals")
def count_finder_totals(timestamp: int) -> None:
    """Each ten minutes: the numbers beside the filters of a search for nothing in particular."""
    finder.count_finder_totals()


@app.periodic(cron="17 3 * * *")
@app.task(name="forget_old_jobs", queueing_lock="forget_old_jobs", pass_context=True)
async def forget_old_jobs(context: JobContext, timestamp: int) -> None:
    """Each night: jobs that ended some days ago."""
    await forget(context)


@app.periodic(cron="27 3 * * *")
@app.task(name="forget_what_is_over", queueing_lock="forget_what_is_over")
def forget_what_is_over(timestamp: int) -> None:
    """Each night: finished mail, sessions that have run out, questions, answered wishes."""
    forget_over()
    asked.forget_asked()
    room_watches.forget_told()
    room_watches.wish_again()
