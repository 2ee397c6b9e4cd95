"""Rich-text links to pages, read in batches."""

from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry

from page_tree.rich_text import BatchedPageLinkHandler


# Later than Wagtail's own, which registers the same kind of link.
@hooks.register("register_rich_text_features", order=100)
def batch_page_links(features: FeatureRegistry) -> None:
    """Replace Wagtail's link handler, which queries text by text."""
    features.register_link_type(BatchedPageLinkHandler)
