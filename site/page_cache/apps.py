from django.apps import AppConfig


class PageCacheConfig(AppConfig):
    """Cached pages and fragments."""

    name = "page_cache"
    verbose_name = "Page cache"

    def ready(self) -> None:
        """Connect the signal receivers that invalidate cached pages."""
        # Receivers import models, which cannot be imported before this.
        import page_cache.invalidation  # noqa: F401
