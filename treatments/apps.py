from django.apps import AppConfig


class TreatmentsConfig(AppConfig):
    """Treatments, scar types, and the facts that join them."""

    name = "treatments"
    verbose_name = "Treatments"

    def ready(self) -> None:
        """Every medical page's text is checked against the facts."""
        from core.models import MedicalMixin
        from treatments.contradictions import FactChecker

        MedicalMixin.checks.append(lambda page: list(FactChecker(page).check()))
