from django.apps import AppConfig


class PageCacheConfig(AppConfig):
    """Stored pages and fragments."""

    name = "page_cache"
    verbose_name = "Page cache"

    def ready(self) -> None:
        """Connect the signals that make stored pages stale."""
        # Receivers import models, which exist only now.
        import page_cache.invalidation  # noqa: F401
