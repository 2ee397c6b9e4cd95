from django.apps import AppConfig


class ImagesConfig(AppConfig):
    """The image library and photo consents."""

    name = "images"
    verbose_name = "Images"

    def ready(self) -> None:
        """Connect the protection of approved images, renditions made ahead, and what follows the end of a consent."""
        # Receivers import models, which exist only now.
        import images.photo_consents
        import images.protection
        import images.renditions  # noqa: F401
