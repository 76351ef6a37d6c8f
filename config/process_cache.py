"""What one process keeps for itself for a while, handed out as it is."""

from __future__ import annotations

import time
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

# By the name of the cache, for all threads: when each value ends, and the value.
_KEPT: dict[str, dict[str, tuple[float | None, Any]]] = {}


class ProcessCache(BaseCache):
    """Keeps values without packing them, so that to look one up costs nothing.

    Django's own for one process gives everybody a copy of their own, and half a dozen of those
    take a page longer than its queries. Whoever takes a value from here must not change it. It is
    for a known number of keys: nothing is thrown out before its time.
    """

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._kept = _KEPT.setdefault(name, {})

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:  # noqa: ARG002 (as BaseCache has it)
        """Return the value itself, or `default` where there is none any more."""
        until, value = self._kept.get(key, (0.0, default))
        return value if until is None or until > time.time() else default

    def set(
        self,
        key: str,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,  # noqa: ARG002
    ) -> None:
        """Keep a value for `timeout` seconds; None is for ever."""
        self._kept[key] = (self.get_backend_timeout(timeout), value)

    def add(
        self,
        key: str,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,  # noqa: ARG002
    ) -> bool:
        """Keep a value unless there is one; return whether it is kept."""
        if self.get(key, self) is not self:
            return False
        self.set(key, value, timeout)
        return True

    def delete(self, key: str, version: int | None = None) -> bool:  # noqa: ARG002
        """Forget a value; return whether there was one."""
        return self._kept.pop(key, None) is not None

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()
