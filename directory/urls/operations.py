from django.urls import URLPattern, path

from directory.views.demo import demo_mail
from directory.views.exit import exit_site
from directory.views.operations import healthz, readyz

urlpatterns: list[URLPattern] = [
    path("exit/", exit_site, name="exit_site"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("demo/mail/", demo_mail, name="demo_mail"),
]
