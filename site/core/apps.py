from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    """The base of all pages. Models of other rooms use its app label too, so that their tables keep their names."""

    name = "core"
    verbose_name = "Clinic"

    def ready(self) -> None:
        """Connect what follows an upgrade."""
        # Imports a model, which cannot be imported before this.
        from core.reindexing import reindex

        post_migrate.connect(reindex, sender=self)
