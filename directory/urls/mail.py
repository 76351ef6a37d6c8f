"""Addresses that stand in mails."""

from django.urls import URLPattern, path

from directory.views import mail

urlpatterns: list[URLPattern] = [
    path("mail/stop/<str:token>/", mail.stop_mail, name="stop_mail"),
]
