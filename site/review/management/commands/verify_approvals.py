from django.core.management.base import BaseCommand, CommandError

from common.types import Extra
from images.stored_files import without_hash
from review.medical_pages import files_changed_in_storage, pages_without_approval


class Command(BaseCommand):
    help = "Compare every live medical page, and the pictures and documents on it, with what was approved. Fails where something differs."

    def handle(self, *args: str, **options: Extra) -> None:
        problems = [f"  {page.url_path}: {page.title}" for page in pages_without_approval()]
        if problems:
            problems.insert(0, "Live without an approval of this very text:")
        if changed := files_changed_in_storage():
            problems += ["Files that differ from what was approved:", *(f"  {name}" for name in changed)]
        if problems:
            raise CommandError("\n".join(problems))
        self.stdout.write("Every live medical page is as it was approved.")
        if unknown := without_hash():
            self.stdout.write(
                f"{unknown} sizes of pictures have no hash and were not compared. Delete them, then run generate_renditions --all."
            )
