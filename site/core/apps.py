from django.apps import AppConfig


class CoreConfig(AppConfig):
    """The base of all pages. Its label also names the tables of the rooms that grew out of it."""

    name = "core"
    verbose_name = "Clinic"
