from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """Approvals and the clinician's workflow."""

    name = "review"
    verbose_name = "Review"
