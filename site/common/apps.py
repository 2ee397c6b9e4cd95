from django.apps import AppConfig


class CommonConfig(AppConfig):
    """Commands and helpers without models."""

    name = "common"
    verbose_name = "Common"
