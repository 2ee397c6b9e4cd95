"""What every template may use."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from core.models import ClinicDetails, Navigation


def site(request: HttpRequest) -> dict[str, Any]:
    """The clinic's details and menus, read only where a template asks for them."""
    return {
        "clinic": SimpleLazyObject(lambda: ClinicDetails.for_request(request)),
        "navigation": SimpleLazyObject(lambda: Navigation.for_request(request)),
    }
