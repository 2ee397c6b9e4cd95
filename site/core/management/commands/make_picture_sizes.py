from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from core.picture_sizes import make_waiting


class Command(BaseCommand):
    help = "Make every size of pictures that are new or were changed, so that no reader waits for one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="go on until none waits, instead of making a few")

    def handle(self, *args: Any, **options: Any) -> None:
        made = make_waiting()
        while options["all"] and (more := make_waiting()):
            made += more
        if options["verbosity"]:
            self.stdout.write(f"Pictures whose sizes were made: {made}.")
