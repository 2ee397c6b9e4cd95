"""Page links in rich text, queried in batches."""

from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry

from page_tree.rich_text import BatchedPageLinkHandler


# Runs after Wagtail's own hook, which registers the same link type.
@hooks.register("register_rich_text_features", order=100)
def batch_page_links(features: FeatureRegistry) -> None:
    """Replace Wagtail's link handler, which runs one query for each text."""
    features.register_link_type(BatchedPageLinkHandler)
