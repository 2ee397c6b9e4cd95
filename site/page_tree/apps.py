from django.apps import AppConfig


class PageTreeConfig(AppConfig):
    """Routing and visibility."""

    name = "page_tree"
    verbose_name = "Page tree"
