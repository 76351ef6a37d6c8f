"""Addresses by job. `pages` carry a language, `services` do not."""

from directory.urls import facilitate, find, mail, moderate, operations, read, signup

pages = [
    *find.urlpatterns,
    *read.urlpatterns,
    *signup.urlpatterns,
    *facilitate.urlpatterns,
    *mail.urlpatterns,
    *moderate.urlpatterns,
]
services = operations.urlpatterns
