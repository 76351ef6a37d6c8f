"""The backend's one class: Django looks for it at this place."""

from typing import Any

from django.db import OperationalError
from django.db.backends.postgresql import base

from config import embedded_postgres


class DatabaseWrapper(base.DatabaseWrapper):
    """Starts the embedded server when somebody wants to connect, not before.

    So `check`, `makemessages` and mypy start nothing. The settings name the
    folder of the server as `FOLDER`.
    """

    def get_connection_params(self) -> dict[str, Any]:
        """Return what psycopg needs to reach the running server."""
        try:
            server = embedded_postgres.running_server(self.settings_dict["FOLDER"])
        except embedded_postgres.CannotStart as error:
            raise OperationalError(str(error)) from error
        return {**super().get_connection_params(), **server.connection_parameters()}

    def leave_server(self) -> None:
        """Stop the server unless another process uses it."""
        embedded_postgres.leave(self.settings_dict["FOLDER"])
