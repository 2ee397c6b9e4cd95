from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    """Sealed requests, their inbox, and what patients do with them."""

    name = "consultations"
    verbose_name = "Consultations"
