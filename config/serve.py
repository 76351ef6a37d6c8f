"""Serves the site: `python -m config.serve`. LISTEN, PORT, WORKERS and THREADS say how.

The access log stays off, since it would hold what people searched for.
"""

import os
import sys

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from config.environment import BadEnvironment, Environment
from directory.management.parent import VARIABLE, stop_with_parent


def main(application: str = "config.wsgi:application") -> None:
    """Serve until told to stop."""
    stop_with_parent()
    # The processes that granian starts follow this one.
    os.environ[VARIABLE] = str(os.getpid())
    env = Environment()
    server = Granian(
        application,
        address=env.text("LISTEN", "127.0.0.1"),
        port=env.number("PORT", 8000),
        interface=Interfaces.WSGI,
        workers=env.number("WORKERS", 1),
        blocking_threads=env.number("THREADS", 8),
        websockets=False,
        log_level=LogLevels.error,
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    )
    try:
        env.complain()
    except BadEnvironment as error:
        sys.exit(str(error))
    server.serve()


if __name__ == "__main__":
    main()
