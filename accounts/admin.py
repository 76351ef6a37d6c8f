"""What administrators see of accounts: each other, the audit trail, and whether mail goes out.

Who has an account, under which name and address, is nobody's to browse.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin_site import DeclaredAdmin, ReadOnlyAdmin
from accounts.models import AuditEntry, OutgoingMail, Person


@admin.register(Person)
class AdministratorAdmin(DeclaredAdmin):
    """The administrators themselves. Others become one by `manage.py createsuperuser`."""

    list_display = ("display_name", "is_superuser", "is_active", "created_at")
    fields = ("display_name", "is_active", "is_staff", "is_superuser")
    readonly_fields = ("display_name",)
    ordering = ("display_name",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Person]:
        """Leave out everybody who is no administrator."""
        return super().get_queryset(request).filter(is_staff=True)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Accounts are made by signing up."""
        return False

    def has_delete_permission(self, request: HttpRequest, *args: Any, **kwargs: Any) -> bool:
        """Accounts are erased by their owners."""
        return False


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    """Who did what, and when: references and facts, no content."""

    list_display = ("at", "actor", "action", "about", "organisation")
    list_filter = ("action",)
    search_fields = ("=actor", "=about", "=organisation")
    search_help_text = _("A whole reference, such as group: and its number")
    fields = ("at", "actor", "action", "about", "organisation", "detail")
    ordering = ("-at", "-id")
    show_full_result_count = False


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ReadOnlyAdmin):
    """Whether mail goes out. To whom, about what and in which words is not shown."""

    # What the server said is kept without addresses.
    list_display = ("kind", "state", "attempts", "last_error", "created_at", "finished_at")
    list_filter = ("state", "kind")
    fields = list_display
    ordering = ("-created_at",)
    show_full_result_count = False
