"""How often somebody may send what needs no account."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def is_too_often(request: HttpRequest, *, what: str, times: int, seconds: int) -> bool:
    """Count one more of `what` from this network address; say whether that is too many.

    There are `times` slots, each free again after `seconds`. A slot is taken in one step, so
    two requests at once never share one. The address itself is not kept, only a keyed hash.
    """
    address = _network(get_adapter().get_client_ip(request))
    key = salted_hmac("directory.limits", f"{what} {address}", algorithm="sha256").hexdigest()
    return not any(cache.add(f"limit:{key}:{slot}", 1, seconds) for slot in range(times))


def _network(address: str) -> str:
    """Return what one connection has: an IPv4 address, or 64 bits of IPv6 (RFC 6177)."""
    if isinstance(ip_address(address), IPv6Address):
        return str(ip_network(f"{address}/64", strict=False))
    return address
