"""The administrators' site. What is not declared for it is not there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from accounts.audit import record
from accounts.delivery import mail_in_trouble


class DeclaredAdmin(admin.ModelAdmin):
    """What administrators may see of a table: `fields` and `list_display` name it, nothing else.

    Each change also goes into the audit trail.
    """

    actions: Any = None

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """Note who added a row."""
        self._record(request, obj, "added")
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """Note who changed a row, and the names of the fields."""
        changed = [
            part["changed"] for part in message if isinstance(part, dict) and "changed" in part
        ]
        fields = sorted({field for one in changed for field in one.get("fields", [])})
        self._record(request, obj, "changed", fields=fields)
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet) -> Any:
        """Note who deleted rows."""
        for row in queryset:
            self._record(request, row, "deleted")
        return super().log_deletions(request, queryset)

    def _record(self, request: HttpRequest, row: Model, verb: str, **detail: Any) -> None:
        record(by=request.user, action=f"{row._meta.model_name}.{verb}", about=row, **detail)


class ReadOnlyAdmin(DeclaredAdmin):
    """A table that administrators may look at."""

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        """Nobody adds."""
        return False

    def has_change_permission(self, request: HttpRequest, *args: Any, **kwargs: Any) -> bool:
        """Nobody changes."""
        return False

    def has_delete_permission(self, request: HttpRequest, *args: Any, **kwargs: Any) -> bool:
        """Nobody deletes."""
        return False


class AdminSite(admin.AdminSite):
    """Takes only what is declared here: other packages' lists hold addresses of people."""

    site_header = _("Administration")
    site_title = _("Administration")
    index_title = _("What only administrators do")
    enable_nav_sidebar = False

    def register(
        self,
        model_or_iterable: type[Model] | Iterable[type[Model]],
        admin_class: type[admin.ModelAdmin] | None = None,
        **options: Any,
    ) -> None:
        """Leave out what is not made for this site."""
        if admin_class is not None and issubclass(admin_class, DeclaredAdmin):
            super().register(model_or_iterable, admin_class, **options)

    @method_decorator(never_cache)
    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Sign in as everybody does; somebody signed in without the right is turned away."""
        return secure_admin_login(super().login)(request, extra_context)

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Begin with the mail that does not go out: nobody else hears of it."""
        return super().index(request, {**(extra_context or {}), **mail_in_trouble()})

    def password_change(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to one's account: nobody here signs in with a password."""
        return redirect("account_email")
