from common.types import Extra
from review.management.commands.unpublish_expired import Command as NewCommand


class Command(NewCommand):
    help = "Old name of unpublish_expired, for timers that still call it. It goes away with the next release."

    def handle(self, *args: str, **options: Extra) -> None:
        self.stderr.write(
            "end_expired is now called unpublish_expired. Change whatever calls it: the old name goes away with the next release."
        )
        super().handle(*args, **options)
