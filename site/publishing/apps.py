from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """The gate and the protection of live pages."""

    name = "publishing"
    verbose_name = "Publishing"

    def ready(self) -> None:
        """Connect the gate and the protection of what live pages rest on."""
        # Receivers import models, which exist only now.
        import publishing.gate
        import publishing.protection  # noqa: F401
