from typing import Any

from django.core.management.base import BaseCommand

from core.roles import set_up_roles


class Command(BaseCommand):
    help = "Create the staff groups that do not exist yet. Groups that exist are left as they are."

    def handle(self, *args: Any, **options: Any) -> None:
        created = set_up_roles()
        self.stdout.write(f"Created: {', '.join(created)}." if created else "All groups exist; nothing was changed.")
