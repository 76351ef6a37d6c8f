"""A process that changes a database of its own and says what that took."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from directory.actions.groups import update_group  # noqa: E402
from directory.actions.series import generate_meetings  # noqa: E402
from directory.models import (  # noqa: E402
    Group,
    ImportedListing,
    Meeting,
    OnlineRoom,
    Organisation,
    Place,
    Series,
)
from directory.models.copying import copy_into  # noqa: E402
from tests.bench.asking import Site  # noqa: E402
from tests.bench.mailing import mail  # noqa: E402
from tests.bench.signing_up import sign_up  # noqa: E402

SAVED = 25
ROUNDS = 3
FEED_ROWS = 10_000
ORGANISATION = "Benchmark Feed"


def timed(do: Callable[[], Any]) -> float:
    """Return the seconds that something takes."""
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def save() -> dict[str, Any]:
    """Change groups one by one, each to a word of its own, and look until it is found."""
    site, ms = Site(), []
    groups = list(Group.objects.order_by("id")[: SAVED + 3])
    for number, group in enumerate(groups):
        word = f"quembly{number}"

        def until_found(group: Group = group, word: str = word) -> None:
            update_group(group=group, by=None, summary=f"A summary with {word} in it.")
            if f'data-group="{group.slug}"' not in site.page(f"/groups/?q={word}"):
                raise SystemExit(f"{word} is not found.")

        ms.append(timed(until_found) * 1000)
    return {"ms": ms[3:]}


def generate() -> dict[str, Any]:
    """Make all dates anew, some times."""
    ratios, seconds = [], []
    for _ in range(ROUNDS):
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE directory_meeting CASCADE")
        now = timezone.now()
        Series.objects.update(generated_until=now)
        seconds.append(timed(lambda now=now: generate_meetings(now=now + timedelta(seconds=1))))
        ratios.append(seconds[-1] / copied_again([Meeting]))
    return {"ratios": ratios, "seconds": seconds}


def import_feed() -> dict[str, Any]:
    """Import a feed once."""
    file = Path(settings.VAR_DIR) / "feed.json"
    file.write_text(json.dumps([row(number) for number in range(FEED_ROWS)]))
    options = {
        "format": "meeting-guide",
        "organisation": ORGANISATION,
        "timezone": "Europe/London",
        "country": "GB",
        "topic": "alcohol",
        "publish": True,
        "stdout": sys.stderr,
    }
    seconds = timed(lambda: call_command("import_listings", str(file), **options))
    reading = timed(lambda: json.loads(file.read_text()))
    of_feed = {"group__organisation__name": ORGANISATION}
    made = {
        Organisation: {"name": ORGANISATION},
        Place: {"organisation__name": ORGANISATION},
        Group: {"organisation__name": ORGANISATION},
        OnlineRoom: of_feed,
        ImportedListing: of_feed,
        Series: of_feed,
        Meeting: of_feed,
    }
    copying = copied_again(list(made), made)
    return {"ratio": seconds / (reading + copying), "seconds": seconds}


def row(number: int) -> dict[str, Any]:
    """Return one row of a feed in the form of Meeting Guide."""
    town = ("Leeds", "Bradford", "York", "Hull")[number % 4]
    return {
        "name": f"Imported meeting {number}",
        "slug": f"imported-meeting-{number}",
        "day": number % 7,
        "time": f"{17 + number % 5}:{'30' if number % 2 else '00'}",
        "end_time": f"{18 + number % 5}:{'30' if number % 2 else '00'}",
        "types": ["O", "D"] if number % 3 else ["O", "X"],
        "notes": "Tea and biscuits in the break. Ring the bell.",
        "location": f"Invented Hall {number // 3}",
        "address": f"{number // 3} Invented Street",
        "city": town,
        "country": "GB",
        "latitude": 53.8 + (number // 3 % 100) / 1000,
        "longitude": -1.5 - (number // 3 % 90) / 1000,
        "updated": "2026-01-01 10:00:00",
    }


def copied_again(models: list[Any], which: dict[Any, dict[str, Any]] | None = None) -> float:
    """Take the rows of these models out and write them again by COPY; return its seconds."""
    held = []
    for model in models:
        fields = [it for it in model._meta.concrete_fields if not it.generated]
        rows = model._base_manager.filter(**(which or {}).get(model, {})).order_by()
        columns = [it.column for it in fields]
        sql, params = rows.values_list(*(it.attname for it in fields)).query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            held.append((model._meta.db_table, columns, cursor.fetchall()))
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(table for table, *_ in held)} CASCADE")
    return timed(lambda: [copy_into(*it) for it in held])


def main() -> None:
    """Do what the command line says."""
    told = {
        "save": save,
        "generate": generate,
        "import": import_feed,
        "mail": mail,
        "seats": sign_up,
    }[sys.argv[1]]()
    print(json.dumps(told))


if __name__ == "__main__":
    main()
