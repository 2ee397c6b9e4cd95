"""The client's network address, also behind reverse proxies."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The client's IP address, or an empty string where the server does not know it.

    Each of the `TRUSTED_PROXIES` proxies appends its client's address to X-Forwarded-For, so the entry at that
    position from the end can be trusted, whatever a visitor put into the header. Without the header, the address
    of the connection is used.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        forwarded = [entry.strip() for entry in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if entry.strip()]
        if forwarded:
            address = forwarded[max(len(forwarded) - settings.TRUSTED_PROXIES, 0)]
    return address


def network_of(address: str) -> str:
    """The address, or for IPv6 its /64 network, because one household usually has a whole /64. `unknown` for invalid text."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if parsed.version == 6:
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network(f"{parsed}/64", strict=False))
    return str(parsed)
