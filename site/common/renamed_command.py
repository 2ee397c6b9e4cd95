"""Old names of management commands, which go on working for one release."""

from django.core.management.base import BaseCommand

from common.types import Extra


class RenamedCommandMixin(BaseCommand):
    """A command under its old name. A mixin, listed before the command that replaced it."""

    old_name: str
    new_name: str
    help = "Old name of a command, for timers that still call it. It goes away with the next release."

    def handle(self, *args: Extra, **options: Extra) -> None:
        self.stderr.write(
            f"{self.old_name} is now called {self.new_name}. Change whatever calls it: the old name goes away with the next release."
        )
        super().handle(*args, **options)
