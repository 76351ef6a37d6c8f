"""Take a feed over into the directory: new groups, changed ones, and those that are gone.

All or nothing: one transaction; but a group that somebody is changing at this moment is left to
the next run. What was edited here stays, nothing is ever deleted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import Person
from directory.actions.finder import refresh_finder
from directory.actions.imports.creating import ROWS_A_STATEMENT, Places, create_groups
from directory.actions.imports.holding import hold_groups
from directory.actions.imports.refreshing import refresh_groups
from directory.actions.imports.terms import ImportOptions, ImportReport, Terms, Touched
from directory.actions.imports.wanted import fingerprint, status_of
from directory.actions.locks import kind_when_busy
from directory.actions.series import generate_meetings
from directory.choices import GroupStatus
from directory.listings import Defaults, Listing, Translation
from directory.models import Group, ImportedListing, Organisation, Place, Topic
from directory.refusals import Refusal, Refused, refuse_if
from directory.rules.moderating import why_not_moderate
from directory.text import fold

__all__ = ["ImportOptions", "ImportReport", "import_listings"]

# A feed that loses more than this part of its rows at once may be a broken one.
MOST_GONE = 0.1


@transaction.atomic
def import_listings(
    *,
    translation: Translation,
    options: ImportOptions,
    by: Person | None,
    progress: Callable[[str], None] = lambda _step: None,
) -> ImportReport:
    """Bring the organisation's groups of this feed up to what the feed says now.

    The organisation is made when it is missing. Groups whose rows could not be read stay as they
    are. `progress` is told what is being done. Raises Refused.
    """
    report = ImportReport()
    terms = _terms(options, by, report)
    known = _known(terms)
    there = {it.key for it in translation.listings} | {it.key for it in translation.refused}
    gone = [row for key, row in known.items() if row.gone_at is None and key not in there]
    if not options.allow_shrink:
        refuse_if(_why_not_shrink(known, gone))
    touched, places = Touched(), Places(terms)
    progress(str(_("Comparing with what is here")))
    moved = _moved(translation.listings, known, terms, report)
    held = hold_groups([row for row, _listing in moved] + gone, report)
    _refresh([it for it in moved if it[0].group_id in held], terms, places, report, touched)
    progress(str(_("Writing new groups")))
    new = [listing for listing in translation.listings if listing.key not in known]
    create_groups(new, terms, places, report, touched)
    _pause([row for row in gone if row.group_id is None or row.group_id in held], terms, report)
    progress(str(_("Making the dates of the coming twelve weeks")))
    _finish(terms, report, touched)
    record(
        by=by,
        action="listings.imported",
        about=terms.organisation,
        organisation=terms.organisation,
        feed_format=terms.feed_format,
        refused=len(translation.refused),
        **report.counts(),
    )
    return report


def _terms(options: ImportOptions, by: Person | None, report: ImportReport) -> Terms:
    topic = _topic(options.topic)
    return Terms(
        organisation=_organisation(options.organisation, options.defaults, by, report),
        feed_format=options.feed_format,
        topic=topic,
        joining=options.joining,
        publish=options.publish,
        now=timezone.now(),
    )


def _topic(slug: str) -> Topic:
    topic = Topic.objects.filter(slug=slug).first()
    if topic is None:
        there = ", ".join(Topic.objects.order_by("slug").values_list("slug", flat=True))
        sentence = _("There is no topic “%(topic)s”. These are there: %(there)s.")
        raise Refused(Refusal("topic", str(sentence) % {"topic": slug, "there": there or "–"}))
    return topic


def _organisation(
    name: str, defaults: Defaults, by: Person | None, report: ImportReport
) -> Organisation:
    """Return the organisation of this name, held until the end; made when it is missing."""
    name = " ".join(name.split())
    if not 0 < len(name) <= 120:
        raise Refused(Refusal("organisation", _("An organisation's name has 1 to 120 letters.")))
    found = Organisation.objects.filter(name__iexact=name).order_by("created_at").first()
    if found is None and by is not None:
        raise Refused(Refusal("organisation", _("There is no organisation of this name.")))
    if found is None:  # another run may have made it at this moment
        found, report.is_new_organisation = Organisation.objects.get_or_create(
            name=name,
            defaults={
                "slug": _free_organisation_slug(name),
                "country": defaults.country,
                "time_zone": defaults.time_zone,
            },
        )
    with kind_when_busy():
        organisation = Organisation.objects.select_for_update(no_key=True).get(pk=found.pk)
    refuse_if(why_not_moderate(organisation, by))
    return organisation


def _free_organisation_slug(name: str) -> str:
    base = slugify(fold(name))[:58].strip("-") or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    if base not in taken:
        return base
    return next(f"{base}-{it}" for it in range(2, len(taken) + 3) if f"{base}-{it}" not in taken)


def _known(terms: Terms) -> dict[str, ImportedListing]:
    rows = ImportedListing.objects.filter(
        organisation=terms.organisation, feed_format=terms.feed_format
    )
    return {row.key: row for row in rows.defer("remarks")}


def _why_not_shrink(
    known: dict[str, ImportedListing], gone: list[ImportedListing]
) -> Refusal | None:
    before = sum(row.gone_at is None for row in known.values())
    if len(gone) <= before * MOST_GONE:
        return None
    sentence = _(
        "%(gone)d of the %(before)d groups that this feed had are no longer in it, more than a "
        "tenth. Nothing has been changed. If that is right, run it again with --allow-shrink."
    )
    return Refusal("shrinks", str(sentence) % {"gone": len(gone), "before": before})


def _moved(
    listings: Iterable[Listing],
    known: dict[str, ImportedListing],
    terms: Terms,
    report: ImportReport,
) -> list[tuple[ImportedListing, Listing]]:
    """Return the rows that say something else than last time; only at those is looked closer."""
    pairs = [(known[it.key], it) for it in listings if it.key in known]
    moved = [
        (row, listing)
        for row, listing in pairs
        if row.group_id
        and (
            row.gone_at
            or row.fingerprint != fingerprint(listing, terms)
            or _is_to_publish(row, listing, terms)
        )
    ]
    report.unchanged += len(pairs) - len(moved)
    report.remarks += [
        (row.key, str(_("Its group was taken away here, and stays away.")))
        for row, _listing in pairs
        if row.group_id is None
    ]
    return moved


def _refresh(
    moved: list[tuple[ImportedListing, Listing]],
    terms: Terms,
    places: Places,
    report: ImportReport,
    touched: Touched,
) -> None:
    for start in range(0, len(moved), ROWS_A_STATEMENT):
        refresh_groups(moved[start : start + ROWS_A_STATEMENT], terms, places, report, touched)
    ImportedListing.objects.bulk_update(
        touched.listings,
        ("fingerprint", "values", "remarks", "changed_at", "gone_at"),
        batch_size=ROWS_A_STATEMENT,
    )


def _is_to_publish(row: ImportedListing, listing: Listing, terms: Terms) -> bool:
    return (
        terms.publish
        and row.values.get("status") == GroupStatus.DRAFT
        and status_of(listing, terms) != GroupStatus.DRAFT
    )


def _pause(gone: list[ImportedListing], terms: Terms, report: ImportReport) -> None:
    """Take groups whose rows are gone away from visitors; nothing is deleted."""
    ids = [row.group_id for row in gone if row.group_id]
    visible = Group.everything.filter(id__in=ids, status=GroupStatus.PUBLISHED)
    shown = set(visible.values_list("id", flat=True))
    visible.update(status=GroupStatus.PAUSED, updated_at=terms.now)
    refresh_finder(shown)
    for row in gone:
        row.gone_at = terms.now
        if row.group_id in shown:
            row.values |= {"paused_by_feed": True, "status": GroupStatus.PAUSED.value}
    ImportedListing.objects.bulk_update(gone, ("gone_at", "values"), batch_size=ROWS_A_STATEMENT)
    report.paused += len(shown)
    report.gone = [str(row.values.get("name", row.key)) for row in gone]


def _finish(terms: Terms, report: ImportReport, touched: Touched) -> None:
    """Make the dates and the words that groups are found by; leave no empty places behind."""
    Place.objects.filter(id__in=touched.places_left, groups=None, access=None).delete()
    if touched.groups:
        # No others: of those here is nobody's lock, and a series is never held before its group.
        report.dates = generate_meetings(now=terms.now, groups=touched.groups, keeps_finder=False)
        refresh_finder(touched.groups)
