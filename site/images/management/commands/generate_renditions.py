from django.core.management.base import BaseCommand, CommandParser

from common.types import Extra
from images.renditions import generate_pending


class Command(BaseCommand):
    help = "Generate the renditions of images that are new or were changed, so that no reader waits for one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="go on until none is pending, instead of a few")

    def handle(self, *args: str, **options: Extra) -> None:
        generated = generate_pending()
        while options["all"] and (more := generate_pending()):
            generated += more
        if options["verbosity"]:
            self.stdout.write(f"Images whose renditions were generated: {generated}.")
