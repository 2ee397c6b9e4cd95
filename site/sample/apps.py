from django.apps import AppConfig


class SampleConfig(AppConfig):
    """The sample clinic and its loader."""

    name = "sample"
    verbose_name = "Sample clinic"
