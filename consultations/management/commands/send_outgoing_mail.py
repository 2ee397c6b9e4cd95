from django.core.management.base import BaseCommand

from common.types import Extra
from consultations.outgoing_mail import send_pending


class Command(BaseCommand):
    help = "Send the mails that wait. The worker runs this every other second."

    def handle(self, *args: Extra, **options: Extra) -> None:
        sent = send_pending()
        if options["verbosity"]:
            self.stdout.write(f"Mails sent: {sent}.")
