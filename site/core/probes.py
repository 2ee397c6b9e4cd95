"""Answers to the probes of a machine, before anything that is meant for people."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from core import endpoints

PROBES = {"/healthz": endpoints.healthz, "/readyz": endpoints.readyz}


class ProbesMiddleware:
    """Stands first: a load balancer asks by an address of its own, which is no host name of the site."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        probe = PROBES.get(request.path_info)
        return probe(request) if probe else self.get_response(request)
