from django.urls import URLPattern, path

from directory.views.demo import demo_mail
from directory.views.exit import exit_site
from directory.views.feeds import private_calendar
from directory.views.operations import healthz, readyz

urlpatterns: list[URLPattern] = [
    path("exit/", exit_site, name="exit_site"),
    # It speaks the language of its person, whoever asks.
    path("calendar/<str:token>.ics", private_calendar, name="private_calendar"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("demo/mail/", demo_mail, name="demo_mail"),
]
