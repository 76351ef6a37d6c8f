"""What a web server loads: `config.wsgi:application`."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from directory.management.parent import stop_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Only a process that answers many requests at once needs a pool of connections.
os.environ.setdefault("DATABASE_POOL", "yes")

stop_with_parent()
application = get_wsgi_application()

# What is loaded by now stays for good: it need not be looked through for garbage at any request.
# A page makes some ten thousand things, nearly all of which go by themselves.
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 10, 10)
