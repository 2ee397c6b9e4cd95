from django.apps import AppConfig


class SampleConfig(AppConfig):
    """The sample clinic."""

    name = "sample"
    verbose_name = "Sample clinic"
