"""The network address a request came from, behind proxies too."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The client's IP address, or an empty text.

    Each of `TRUSTED_PROXIES` adds the address it was asked from to the end of X-Forwarded-For, so the
    entry that many from the end is true whatever a visitor wrote before it. Without the header the
    connection's own address counts.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
        if forwarded:
            address = forwarded[max(len(forwarded) - settings.TRUSTED_PROXIES, 0)]
    return address


def network_of(address: str) -> str:
    """The address, or for IPv6 its /64 network, since one household has all of it."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if parsed.version == 6:
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network(f"{parsed}/64", strict=False))
    return str(parsed)
