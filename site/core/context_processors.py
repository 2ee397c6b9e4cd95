"""Variables that every template may use."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from common.types import Context
from core.models.clinic import ClinicDetails
from core.models.navigation import Navigation
from page_tree.routing import site_of


def site(request: HttpRequest) -> Context:
    """The clinic's details and menus. Lazy, because many responses use neither."""
    return {
        "clinic": SimpleLazyObject(lambda: ClinicDetails.of(site_of(request))),
        "navigation": SimpleLazyObject(lambda: Navigation.of(site_of(request))),
    }
