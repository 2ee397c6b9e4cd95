from django.apps import AppConfig


class CoreConfig(AppConfig):
    """The floor that every other app stands on."""

    name = "core"
    label = "core"
    verbose_name = "Clinic"
