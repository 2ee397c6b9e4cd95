from django.apps import AppConfig


class CoreConfig(AppConfig):
    """The base of all pages. Models of other rooms use its app label too, so that their tables keep their names."""

    name = "core"
    verbose_name = "Clinic"
