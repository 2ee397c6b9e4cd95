from django.apps import AppConfig


class BlogConfig(AppConfig):
    """Articles that teach about scars."""

    name = "blog"
    verbose_name = "Articles"

    def ready(self) -> None:
        """Register the structured data of articles."""
        # Imported here because it needs the models, which are not loaded before.
        import blog.structured_data  # noqa: F401
