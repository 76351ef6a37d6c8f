"""A process that answers with a calendar of so many dates, in a database of its own."""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import django

django.setup()

from icalendar import Calendar  # noqa: E402

from directory.models import Group, Meeting, Organisation  # noqa: E402
from directory.queries.calendar import dates_of_organisation  # noqa: E402
from tests.bench.asking import Site  # noqa: E402

ROUNDS, WARMING = 25, 3
SLUG = "benchmark-calendar"


def make_calendar(count: int) -> str:
    """Give an organisation groups of the sample until they have so many dates."""
    organisation = Organisation.objects.create(
        name="Benchmark", slug=SLUG, country="GB", time_zone="Europe/London"
    )
    taken: list[Any] = []
    for group in Group.objects.order_by("id").iterator():
        taken.append(group.pk)
        if Meeting.objects.filter(group__in=taken).count() >= count:
            break
    Group.objects.filter(pk__in=taken).update(organisation=organisation)
    surplus = [meeting.pk for meeting in dates_of_organisation(organisation)[0][count:]]
    Meeting.everything.filter(pk__in=surplus).delete()
    return f"/organisations/{SLUG}/calendar.ics"


def ask(site: Site, path: str, count: int) -> dict[str, float]:
    """Ask once, and read the answer."""
    text = site.page(path)
    answer, _clock = site.ask(path)
    began = time.perf_counter()
    dates = Calendar.from_ical(text).walk("VEVENT")
    read_ms = (time.perf_counter() - began) * 1000
    if len(dates) != count:
        raise SystemExit(f"The calendar has {len(dates)} dates, and not {count}.")
    return {**answer, "read_ms": read_ms, "length": len(text.encode())}


def main() -> None:
    """Ask some times and say what it took."""
    count = int(sys.argv[1])
    path = make_calendar(count)
    site = Site()
    answers = [ask(site, path, count) for _round in range(WARMING + ROUNDS)][WARMING:]
    told = {name: [one[name] for one in answers] for name in ("ms", "sql_ms", "read_ms")}
    last = answers[-1]
    sizes = {"bytes": last["length"], "compressed": last["bytes"], "queries": last["queries"]}
    print(json.dumps({**told, **sizes}))


if __name__ == "__main__":
    main()
