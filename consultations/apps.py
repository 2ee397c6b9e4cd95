from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    """Sealed requests, the inbox for staff, and the views for patients."""

    name = "consultations"
    verbose_name = "Consultations"

    def ready(self) -> None:
        """Connect the signal receivers of the access log."""
        # Receivers import models, which cannot be imported before this.
        import consultations.access_log_signals  # noqa: F401
