from django.apps import AppConfig


class DashboardConfig(AppConfig):
    """The admin's home page and the “What is due” report."""

    name = "dashboard"
    verbose_name = "Dashboard"
