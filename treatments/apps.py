from django.apps import AppConfig


class TreatmentsConfig(AppConfig):
    """Treatments, scar types, and the facts that join them."""

    name = "treatments"
    verbose_name = "Treatments"

    def ready(self) -> None:
        """Register the structured data of treatments and scar types."""
        # It needs the models, which exist only now.
        import treatments.structured_data  # noqa: F401
