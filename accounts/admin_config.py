from django.contrib.admin import apps


class AdminConfig(apps.AdminConfig):
    """Django's admin, with our own site in the place of the usual one."""

    default_site = "accounts.admin_site.AdminSite"
