"""What every template may use."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from core.models.clinic import ClinicDetails
from core.models.navigation import Navigation
from page_tree.routing import site_of


def site(request: HttpRequest) -> dict[str, Any]:
    """The clinic's details and menus, read only where a template asks for them."""
    return {
        "clinic": SimpleLazyObject(lambda: ClinicDetails.of(site_of(request))),
        "navigation": SimpleLazyObject(lambda: Navigation.of(site_of(request))),
    }
