from django.apps import AppConfig


class SealingConfig(AppConfig):
    """Sealed files. The tables of sealed data belong to the app `consultations`."""

    name = "sealing"
    verbose_name = "Sealing"
