from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """The publishing gate and the protection of records that live pages depend on."""

    name = "publishing"
    verbose_name = "Publishing"

    def ready(self) -> None:
        """Connect the signal receivers of the gate and the protection."""
        # Receivers import models, which cannot be imported before this.
        import publishing.deletion_protection
        import publishing.documents
        import publishing.gate  # noqa: F401
