from common.types import Extra
from consultations.management.commands.purge_requests import Command as NewCommand


class Command(NewCommand):
    help = "Old name of purge_requests, for timers that still call it. It goes away with the next release."

    def handle(self, *args: Extra, **options: Extra) -> None:
        self.stderr.write(
            "shred_due_requests is now called purge_requests. Change whatever calls it: the old name goes away with the next release."
        )
        super().handle(*args, **options)
