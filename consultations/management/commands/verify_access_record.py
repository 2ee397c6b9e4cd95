from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.types import Extra
from consultations.access_log_verification import verify
from consultations.noted_heads import notes_file


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
            # Without it a cut of the end together with the database shows nowhere, so this must not look like a success.
            self.stderr.write(f"WARNING: no end of the record is noted in {notes_file()}, so a cut of the end would not show. ")
            self.stderr.write("The worker notes one a minute; ACCESS_RECORD_NOTES must name the same file here as for the worker.")
