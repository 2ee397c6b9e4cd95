from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from core.roles import set_up_roles
from core.site_address import match_site_to_base_url


class Command(BaseCommand):
    help = "Create the staff groups that do not exist yet, and match the site's address to BASE_URL. Run it after every migrate."

    def handle(self, *args: Any, **options: Any) -> None:
        created = set_up_roles()
        self.stdout.write(f"Created groups: {', '.join(created)}." if created else "All groups exist and stay as they are.")
        if match_site_to_base_url():
            self.stdout.write(f"The site's address is now {settings.BASE_URL}.")
