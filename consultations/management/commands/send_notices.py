from common.types import Extra
from consultations.management.commands.send_outgoing_mail import Command as NewCommand


class Command(NewCommand):
    help = "Old name of send_outgoing_mail, for timers that still call it. It goes away with the next release."

    def handle(self, *args: Extra, **options: Extra) -> None:
        self.stderr.write(
            "send_notices is now called send_outgoing_mail. Change whatever calls it: the old name goes away with the next release."
        )
        super().handle(*args, **options)
