from django.core.management.base import BaseCommand

from common.types import Extra
from dashboard.weekly_mail import send_weekly_mail


class Command(BaseCommand):
    help = "Send this week's mail about what is due to those responsible who do not have it yet."

    def handle(self, *args: str, **options: Extra) -> None:
        sent = send_weekly_mail()
        if options["verbosity"]:
            self.stdout.write(f"Sent: {sent}.")
