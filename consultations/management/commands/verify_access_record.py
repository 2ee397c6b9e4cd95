from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.types import Extra
from consultations.access_log_verification import verify


class Command(BaseCommand):
    help = "Prove that no entry of the access record was altered, removed or cut off."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--noted", default="", metavar="NUMBER:HASH", help="the end that an earlier run printed, kept elsewhere")

    def handle(self, *args: Extra, **options: Extra) -> None:
        verdict = verify(options["noted"])
        if verdict.problems:
            raise CommandError("The access record was tampered with: " + "; ".join(verdict.problems[:20]) + ".")
        self.stdout.write(f"The access record is whole: {verdict.entries} entries. It ends with")
        self.stdout.write(f"  {verdict.head}")
        self.stdout.write("Keep this line elsewhere, and give it to a later run with --noted.")
        if verdict.sure_until:
            self.stdout.write(
                f"Nothing is missing up to entry {verdict.sure_until.number}, noted outside the database at {verdict.sure_until.at}."
            )
        else:
            self.stdout.write("No end was noted outside the database yet: the worker does so, at most once a minute.")
