"""Routing from a URL path to a page, with as few queries as the tree allows."""

from copy import copy
from typing import TypeVar

from django.core.cache import cache
from django.http import Http404, HttpRequest
from wagtail.models import Page, Site
from wagtail.models.sites import SITE_ROOT_PATHS_CACHE_KEY, SITE_ROOT_PATHS_CACHE_VERSION, SiteRootPath
from wagtail.url_routing import RouteResult

from common.types import SpecificPage
from page_cache.memo import cached_per_version
from page_tree.linked_pages import preload
from page_tree.visibility import private_paths

PageType = TypeVar("PageType", bound=Page)
SITE_RELATIONS = ("root_page__locale", "clinicdetails", "navigation")
#: Longer paths return 404 without a query.
MAX_PATH = 1000


@cached_per_version
def read_site(host: str, port: str) -> Site | None:
    """A site with its settings, in one query. Chosen as Wagtail does: by host and port, else by host, else the default site."""

    def rank(site: Site) -> int:
        if site.hostname == host:
            return 0 if str(site.port) == port else 1
        return 2 if site.is_default_site else 3

    sites = sorted(Site.objects.select_related(*SITE_RELATIONS), key=rank)
    cache_site_root_paths(sites)
    return sites[0] if sites and rank(sites[0]) < 3 else None


def cache_site_root_paths(sites: list[Site]) -> None:
    """Fill Wagtail's own cache of site root paths, in Wagtail's order: its entry may be stale, and Wagtail would repeat the query."""
    ordered = sorted(sites, key=lambda site: (not site.is_default_site, site.hostname))
    ordered.sort(key=lambda site: site.root_page.url_path, reverse=True)
    roots = [SiteRootPath(site.pk, site.root_page.url_path, site.root_url, site.root_page.locale.language_code) for site in ordered]
    cache.set(SITE_ROOT_PATHS_CACHE_KEY, roots, 3600, version=SITE_ROOT_PATHS_CACHE_VERSION)


def site_of(request: HttpRequest) -> Site | None:
    """The site for a request's host and port."""
    if not hasattr(request, "_wagtail_site"):
        host, _colon, port = request.META.get("HTTP_HOST", "").partition(":")
        site = read_site(host, port if port.isdigit() else request.get_port())
        request._wagtail_site = site  # type: ignore[attr-defined]
        if site is not None:
            preload(*(getattr(site, name) for name in ("clinicdetails", "navigation") if hasattr(site, name)))
    return request._wagtail_site  # type: ignore[attr-defined]


def read_specific_page(page: Page, ancestors: list[Page]) -> SpecificPage:
    """The specific page of a base page, with its ancestors set."""
    model = page.specific_class
    if model is None:
        raise Http404
    specific_page = model._default_manager.select_related(*getattr(model, "select_related_on_route", ())).get(pk=page.pk)
    specific_page.locale = page.locale
    specific_page.known_ancestors = ancestors
    if ancestors:
        specific_page._cached_parent_obj = ancestors[-1]
    for name in getattr(model, "computed_on_route", ()):
        getattr(specific_page, name)
    return specific_page


@cached_per_version
def read_page(root: Page, path: str) -> tuple[SpecificPage, int]:
    """The deepest page on a path below a root, and how many components of the path lead to it.

    One query reads the page and its ancestors at any depth; a second reads the specific page.
    """
    components = [component for component in path.split("/") if component]
    url_paths = [root.url_path + "".join(f"{component}/" for component in components[:depth]) for depth in range(1, len(components) + 1)]
    # The slugs are there for speed: `slug` has an index, `url_path` has none.
    matches = Page.objects.filter(slug__in=components, url_path__in=url_paths, path__startswith=root.path)
    pages = [root, *matches.select_related("locale").order_by("depth")] if components else [root]
    return read_specific_page(pages[-1], pages[:-1]), len(pages) - 1


def route(request: HttpRequest, path: str) -> RouteResult | None:
    """Wagtail's route result for a path: a page, and how it serves the rest of the path. None for a 404."""
    site = site_of(request)
    if site is None or len(path) > MAX_PATH:
        return None
    root = site.root_page.localized
    try:
        page, depth = read_page(root, path)
        # A copy, because the cached page is shared between requests.
        return copy(page).route(request, [component for component in path.split("/") if component][depth:])
    except Http404:
        return None


def fixed_page(request: HttpRequest, path: str, model: type[PageType]) -> PageType:
    """The published page of a type at a fixed path, for views whose URLs are below it.

    Raises `Http404` where there is none, or where it is private.
    """
    site = site_of(request)
    if site is None:
        raise Http404
    page, depth = read_page(site.root_page.localized, path)
    is_exact = depth == len([component for component in path.split("/") if component])
    if not is_exact or not isinstance(page, model) or not page.live or page.path.startswith(tuple(private_paths())):
        raise Http404
    # A copy, because the cached page is shared between requests.
    return copy(page)
