from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import Person
from directory.models import CrisisLine, MissingGroup, SiteProfile
from directory.queries.site import forget_site
from directory.refusals import refuse_if
from directory.rules.moderating import why_not_run_site


@transaction.atomic
def update_site(*, by: Person | None, **fields: Any) -> SiteProfile:
    """Change the site's own name, contact, country or way out. Raises Refused."""
    refuse_if(why_not_run_site(by))
    SiteProfile.objects.get_or_create(pk=SiteProfile.ONLY)
    site = SiteProfile.objects.select_for_update().get(pk=SiteProfile.ONLY)
    changed = _change(site, fields)
    if changed:
        record(by=by, action="site.changed", about="site", fields=changed)
    return site


@transaction.atomic
def add_crisis_line(*, by: Person | None, **fields: Any) -> CrisisLine:
    """Add a line, reviewed today unless told otherwise. Raises Refused."""
    refuse_if(why_not_run_site(by))
    line = CrisisLine.objects.create(**{"reviewed_on": timezone.localdate(), **fields})
    record(by=by, action="crisis_line.added", about=line, country=line.country)
    transaction.on_commit(forget_site)
    return line


@transaction.atomic
def update_crisis_line(*, line: CrisisLine, by: Person | None, **fields: Any) -> CrisisLine:
    """Change a line; whoever does so has it before their eyes, so it is reviewed today.

    Raises Refused.
    """
    refuse_if(why_not_run_site(by))
    locked = CrisisLine.objects.select_for_update().get(pk=line.pk)
    changed = _change(locked, {"reviewed_on": timezone.localdate(), **fields})
    if changed:
        record(
            by=by,
            action="crisis_line.changed",
            about=locked,
            country=locked.country,
            fields=changed,
        )
    return locked


@transaction.atomic
def review_crisis_line(*, line: CrisisLine, by: Person | None) -> CrisisLine:
    """Note that a line was held against its source today, and is still right. Raises Refused."""
    refuse_if(why_not_run_site(by))
    locked = CrisisLine.objects.select_for_update().get(pk=line.pk)
    _change(locked, {"reviewed_on": timezone.localdate()})
    record(by=by, action="crisis_line.reviewed", about=locked, country=locked.country)
    return locked


@transaction.atomic
def remove_crisis_line(*, line: CrisisLine, by: Person | None) -> None:
    """Take a line off every page. Raises Refused."""
    refuse_if(why_not_run_site(by))
    record(by=by, action="crisis_line.removed", about=line, country=line.country)
    line.delete()
    transaction.on_commit(forget_site)


@transaction.atomic
def settle_missing_groups(*, missing: Iterable[MissingGroup], by: Person | None) -> None:
    """Note that somebody dealt with what visitors looked for in vain. Raises Refused."""
    refuse_if(why_not_run_site(by))
    waiting = MissingGroup.objects.filter(done_at=None, pk__in=[row.pk for row in missing])
    for row in waiting.select_for_update():
        record(by=by, action="missing_group.settled", about=row)
    waiting.update(done_at=timezone.now())


def _change(row: SiteProfile | CrisisLine, fields: dict[str, Any]) -> list[str]:
    """Write what differs; returns the names of the fields that did."""
    changed = sorted(name for name, value in fields.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, fields[name])
    if changed:
        row.save(update_fields=changed)
        transaction.on_commit(forget_site)
    return changed
