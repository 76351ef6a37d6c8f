"""What a web server loads: `config.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

from directory.management.parent import stop_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Only a process that answers many requests at once needs a pool of connections.
os.environ.setdefault("DATABASE_POOL", "yes")

stop_with_parent()
application = get_wsgi_application()
