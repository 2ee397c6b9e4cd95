"""From an address to a page, with as few queries as the tree allows."""

from copy import copy
from typing import Any

from django.http import Http404, HttpRequest
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from core.page_store import announce
from core.site_version import kept

SITE_RELATIONS = ("root_page__locale", "clinicdetails", "navigation")
#: Longer addresses are nobody's page.
LONGEST_PATH = 1000


@kept
def read_site(host: str, port: str) -> Site | None:
    """A site with its settings, in one query. As Wagtail chooses: the host and port, else the host, else the default site."""

    def rank(site: Site) -> int:
        if site.hostname == host:
            return 0 if str(site.port) == port else 1
        return 2 if site.is_default_site else 3

    # Wagtail keeps the addresses of roots in a cache of its own, which another process may have left behind the times.
    Site.clear_site_root_paths_cache()
    sites = sorted(Site.objects.select_related(*SITE_RELATIONS), key=rank)
    return sites[0] if sites and rank(sites[0]) < 3 else None


def site_of(request: HttpRequest) -> Site | None:
    """The site that a request asks for."""
    if not hasattr(request, "_wagtail_site"):
        host, _colon, port = request.META.get("HTTP_HOST", "").partition(":")
        site = read_site(host, port if port.isdigit() else request.get_port())
        request._wagtail_site = site  # type: ignore[attr-defined]
        if site is not None:
            announce(*(getattr(site, name) for name in ("clinicdetails", "navigation") if hasattr(site, name)))
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


@kept
def read_page(root_path: str, root_url_path: str, path: str) -> tuple[Any, int] | None:
    """The deepest page on an address below a root, and how many parts of the address lead to it. None where nothing does.

    One query reads the page and all pages above it, whatever the depth; a second reads the page as its own type.
    """
    components = [component for component in path.split("/") if component]
    prefixes = [root_url_path + "".join(f"{component}/" for component in components[:depth]) for depth in range(len(components) + 1)]
    pages = list(Page.objects.filter(url_path__in=prefixes, path__startswith=root_path).select_related("locale").order_by("depth"))
    if not pages:
        return None
    return specific(pages[-1], pages[:-1]), len(pages) - 1


def route(request: HttpRequest, path: str) -> RouteResult | None:
    """What answers an address: a page and what it makes of the rest of the address. None for a 404."""
    site = site_of(request)
    if site is None or len(path) > LONGEST_PATH:
        return None
    root = site.root_page.localized
    try:
        found = read_page(root.path, root.url_path, path)
        if found is None:
            return None
        page, depth = found
        # A copy: what a request does to its page is its own.
        return copy(page).route(request, [component for component in path.split("/") if component][depth:])
    except Http404:
        return None
