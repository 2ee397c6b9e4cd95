from common.types import Extra
from images.management.commands.generate_renditions import Command as NewCommand


class Command(NewCommand):
    help = "Old name of generate_renditions, for timers that still call it. It goes away with the next release."

    def handle(self, *args: str, **options: Extra) -> None:
        self.stderr.write(
            "make_picture_sizes is now called generate_renditions. Change whatever calls it: the old name goes away with the next release."
        )
        super().handle(*args, **options)
