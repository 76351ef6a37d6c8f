"""The words a group is found by beside its own: kept in its row, since PostgreSQL searches rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import (
    Case,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Concat, Trim

from directory.choices import PlaceShown
from directory.models import Facilitator, Group, Organisation, Place

SPACE = Value(" ", output_field=TextField())
NOTHING = Value("", output_field=TextField())


def refresh_found_by(groups: Iterable[Group | UUID]) -> int:
    """Write again what these groups are found by; returns how many had other words before.

    Topics with those above them and their other words, place, organisation, and the
    public first names of facilitators who are listed. One statement, however many groups.
    """
    ids = [group.pk if isinstance(group, Group) else group for group in groups]
    words = Trim(
        Concat(
            _topics(),
            SPACE,
            _place(),
            SPACE,
            _one(Organisation.objects.filter(pk=OuterRef("organisation")), "name"),
            SPACE,
            _facilitators(),
            output_field=TextField(),
        )
    )
    rows = Group.everything.filter(pk__in=ids).order_by().annotate(words_now=words)
    return rows.exclude(found_by=F("words_now")).update(found_by=F("words_now"))


def _topics() -> Coalesce:
    chosen = Group.topics.through.objects.filter(group=OuterRef("pk"))
    above = Case(
        When(
            Q(topic__parent__isnull=False),
            then=_joined("topic__parent__name", "topic__parent__found_by"),
        ),
        default=NOTHING,
    )
    words = Concat(_joined("topic__name", "topic__found_by"), SPACE, above)
    return _all(chosen, "group", words)


def _facilitators() -> Coalesce:
    listed = Facilitator.objects.current().filter(
        group=OuterRef("pk"), person__facilitator_profile__is_listed=True
    )
    return _all(listed, "group", F("person__facilitator_profile__public_first_name"))


def _all(rows: QuerySet[Any], key: str, words: Concat | F) -> Coalesce:
    together = (
        rows.order_by()
        .values(key)
        .annotate(together=StringAgg(words, delimiter=SPACE, order_by=("pk",)))
        .values("together")
    )
    return Coalesce(Subquery(together, output_field=TextField()), NOTHING)


def _place() -> Coalesce:
    """The town and all, but where visitors see an area, no more than that area says."""
    area_alone = When(~Q(area=""), shown=PlaceShown.AREA, then=F("area"))
    words = Case(area_alone, default=_joined("town", "region", "area"), output_field=TextField())
    row = Place.objects.filter(pk=OuterRef("place")).annotate(together=words).values("together")
    return Coalesce(Subquery(row, output_field=TextField()), NOTHING)


def _one(rows: QuerySet[Any], *fields: str) -> Coalesce:
    row = rows.annotate(together=_joined(*fields)).values("together")
    return Coalesce(Subquery(row, output_field=TextField()), NOTHING)


def _joined(*fields: str) -> Concat | F:
    first, *others = fields
    if not others:
        return F(first)
    parts = [part for field in others for part in (SPACE, F(field))]
    return Concat(F(first), *parts, output_field=TextField())
