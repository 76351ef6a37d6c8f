"""The site as a server loads it, with the addresses of the benchmark."""

from django.conf import settings

from config.wsgi import application

__all__ = ["application"]

settings.ROOT_URLCONF = "tests.bench.urls"
