"""The admin in the clinic's name."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry

from core.rich_text import StoredPageLinkHandler


@hooks.register("insert_global_admin_css")
def clinic_colours() -> str:
    """The clinic's colours over Wagtail's."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


# Later than Wagtail's own, which registers the same kind of link.
@hooks.register("register_rich_text_features", order=100)
def read_links_together(features: FeatureRegistry) -> None:
    """Links to pages take the place of Wagtail's own, which ask the database text by text."""
    features.register_link_type(StoredPageLinkHandler)
