from django.apps import AppConfig


class DashboardConfig(AppConfig):
    """The admin's home page and what is due."""

    name = "dashboard"
    verbose_name = "Dashboard"
