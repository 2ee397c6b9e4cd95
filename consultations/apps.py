from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    """Sealed requests, the inbox for staff, and the views for patients."""

    name = "consultations"
    verbose_name = "Consultations"
