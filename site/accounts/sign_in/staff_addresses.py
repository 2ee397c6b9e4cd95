"""Which requests are for staff."""

from django.conf import settings
from django.http import HttpRequest

STAFF_PREFIX = "/admin/"


def is_for_staff(request: HttpRequest) -> bool:
    """Whether only staff may get the answer. A staff process serves nobody else, so its other addresses (drafts) are no weaker."""
    # Unlike `path`, `path_info` is without the prefix (SCRIPT_NAME) that a proxy may add.
    return request.path_info.startswith(STAFF_PREFIX) or settings.SITE_ROLE == "staff"
