from django.core.management.base import BaseCommand, CommandError

from common.types import Extra
from review.medical_pages import pages_without_approval


class Command(BaseCommand):
    help = "Compare every live medical page with the text that was approved. Fails where one differs."

    def handle(self, *args: str, **options: Extra) -> None:
        unapproved = pages_without_approval()
        if unapproved:
            names = "\n".join(f"  {page.url_path}: {page.title}" for page in unapproved)
            raise CommandError(f"Live without an approval of this very text:\n{names}")
        self.stdout.write("Every live medical page is as it was approved.")
