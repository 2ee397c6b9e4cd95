from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from accounts.roles import set_up_roles
from common.types import Extra
from page_tree.site_address import match_site_to_base_url


class Command(BaseCommand):
    help = "Create the staff groups that do not exist yet, and match the site's address to BASE_URL. Run it after every migrate."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--renew-roles", action="store_true", help="give the groups back what their jobs need")

    def handle(self, *args: str, **options: Extra) -> None:
        created = set_up_roles(renew=options["renew_roles"])
        unchanged = (
            "All groups exist and have what their jobs need." if options["renew_roles"] else "All groups exist and stay as they are."
        )
        self.stdout.write(f"Created groups: {', '.join(created)}." if created else unchanged)
        if match_site_to_base_url():
            self.stdout.write(f"The site's address is now {settings.BASE_URL}.")
