from django.apps import AppConfig


class SealingConfig(AppConfig):
    """Sealed files; the tables of what is sealed belong to the consultations."""

    name = "sealing"
    verbose_name = "Sealing"
