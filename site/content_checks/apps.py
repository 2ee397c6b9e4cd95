from django.apps import AppConfig


class ContentChecksConfig(AppConfig):
    """The word rules, which staff maintain."""

    name = "content_checks"
    verbose_name = "Content checks"
