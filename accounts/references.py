"""References to rows as text: "meeting:6c1c…". They outlive the row and tie no tables together."""

from django.db.models import Model


def reference(row: Model | str | None) -> str:
    """The text that stands for a row, "system" for nobody; text stays as it is."""
    if row is None:
        return "system"
    if isinstance(row, str):
        return row
    return f"{row._meta.model_name}:{row.pk}"


def reference_to(model: type[Model], key: object) -> str:
    """The same for a row that is not at hand, by its key."""
    return f"{model._meta.model_name}:{key}"
