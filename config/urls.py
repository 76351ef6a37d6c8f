from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

import directory.urls

urlpatterns = [
    *directory.urls.services,
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("accounts/", include("accounts.urls")),
        *directory.urls.pages,
        prefix_default_language=False,
    ),
]

handler500 = "directory.views.operations.server_error"
