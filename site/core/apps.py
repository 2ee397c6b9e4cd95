from importlib import import_module

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """The floor that every other app stands on."""

    name = "core"
    label = "core"
    verbose_name = "Clinic"

    def ready(self) -> None:
        """Put up the gate that every save of a page passes, what guards pages that are live, and what tells readers of changes."""
        for module in ("review.obstacles", "review.kept", "consents", "invalidation", "picture_sizes"):
            import_module(f"core.{module}")
