from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class DatabaseConfig(AppConfig):
    """The two roles, whose rights follow the tables: each migration applies them again."""

    name = "database"
    verbose_name = "Database roles"

    def ready(self) -> None:
        """Connect the receivers around `migrate`. Django sends both signals once for each app; this app's are enough."""
        # Receivers import models, which cannot be imported before this.
        from database import migrating

        pre_migrate.connect(migrating.drop_views, sender=self)
        post_migrate.connect(migrating.apply_roles, sender=self)
