from django.apps import AppConfig


class ContentChecksConfig(AppConfig):
    """The list of words that staff tune."""

    name = "content_checks"
    verbose_name = "Content checks"
