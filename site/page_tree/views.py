"""Serving a page of the tree."""

from django.http import HttpRequest, HttpResponseBase
from wagtail.views import serve as wagtail_serve

from page_tree.linked_pages import preload, read_scope
from page_tree.routing import route


def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """Wagtail's `serve` view with a small, constant number of queries."""
    with read_scope():
        result = route(request, path)
        # Wagtail reads this attribute before it would walk the tree level by level.
        request._wagtail_route_for_request = result  # type: ignore[attr-defined]
        if result is not None:
            preload(result.page)
        response = wagtail_serve(request, path)
        if hasattr(response, "render") and not response.is_rendered:
            response.render()
        return response
