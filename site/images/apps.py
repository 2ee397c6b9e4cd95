from django.apps import AppConfig


class ImagesConfig(AppConfig):
    """The image library and photo consents."""

    name = "images"
    verbose_name = "Images"

    def ready(self) -> None:
        """Connect the signal receivers."""
        # These modules import models, which are not loaded before `ready`.
        import images.deletion_protection
        import images.photo_consents
        import images.renditions  # noqa: F401
