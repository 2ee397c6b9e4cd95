"""From an address to a page, with as few queries as the tree allows."""

from typing import Any

from django.http import Http404, HttpRequest
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

SITE_RELATIONS = ("root_page__locale", "clinicdetails", "navigation")


def site_of(request: HttpRequest) -> Site | None:
    """The site that a request asks for, with its settings, in one query a request.

    As Wagtail does: the host and port, else the host, else the default site.
    """
    if not hasattr(request, "_wagtail_site"):
        host, _colon, port = request.META.get("HTTP_HOST", "").partition(":")
        port = port if port.isdigit() else request.get_port()

        def rank(site: Site) -> int:
            if site.hostname == host:
                return 0 if str(site.port) == port else 1
            return 2 if site.is_default_site else 3

        sites = sorted(Site.objects.select_related(*SITE_RELATIONS), key=rank)
        request._wagtail_site = sites[0] if sites and rank(sites[0]) < 3 else None  # type: ignore[attr-defined]
    return request._wagtail_site  # type: ignore[attr-defined]


def specific(page: Page, above: list[Page]) -> Any:
    """The page as its own type, knowing the pages above it."""
    model = page.specific_class
    if model is None:
        raise Http404
    found = model._default_manager.select_related(*getattr(model, "reading_relations", ())).get(pk=page.pk)
    found.locale = page.locale
    found.pages_above = above
    if above:
        found._cached_parent_obj = above[-1]
    return found


def route(request: HttpRequest, path: str) -> RouteResult | None:
    """What answers an address: a page and what it makes of the rest of the address. None for a 404.

    One query reads the page and all pages above it, whatever the depth; a second reads the page as its own type.
    """
    site = site_of(request)
    if site is None:
        return None
    components = [component for component in path.split("/") if component]
    root = site.root_page.localized
    prefixes = [root.url_path + "".join(f"{component}/" for component in components[:depth]) for depth in range(len(components) + 1)]
    pages = list(Page.objects.filter(url_path__in=prefixes, path__startswith=root.path).select_related("locale").order_by("depth"))
    if not pages:
        return None
    chain = pages[: len(prefixes)]
    page = chain[-1]
    rest = components[len(chain) - 1 :]
    try:
        return specific(page, chain[:-1]).route(request, rest)
    except Http404:
        return None
