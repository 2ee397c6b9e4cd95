"""The admin in the clinic's name, and the review's own places in it."""

from importlib import import_module

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry

from core.rich_text import StoredPageLinkHandler

for module in ("review.admin", "review.consents_admin", "review.due_admin", "today"):
    import_module(f"core.{module}")


@hooks.register("insert_global_admin_css")
def clinic_colours() -> str:
    """The clinic's colours over Wagtail's."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


# Later than Wagtail's own, which registers the same kind of link.
@hooks.register("register_rich_text_features", order=100)
def read_links_together(features: FeatureRegistry) -> None:
    """Links to pages take the place of Wagtail's own, which ask the database text by text."""
    features.register_link_type(StoredPageLinkHandler)


@hooks.register("register_account_menu_item")
def second_factor(request: HttpRequest) -> dict[str, object]:
    """The way to passkeys, authenticator app and recovery codes, from everybody's own account."""
    return {
        "url": reverse("mfa_index"),
        "label": _("Second factor"),
        "help_text": _("Passkeys, authenticator app and recovery codes."),
    }
