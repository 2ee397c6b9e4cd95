from django.apps import AppConfig


class TreatmentsConfig(AppConfig):
    """Treatments, scar types, and the facts that connect them."""

    name = "treatments"
    verbose_name = "Treatments"

    def ready(self) -> None:
        """Register the structured data of treatments and scar types."""
        # Imported here because it needs the models, which are not loaded before.
        import treatments.structured_data  # noqa: F401
