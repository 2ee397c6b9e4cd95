from django.core.management.base import BaseCommand

from accounts.account_mail import send_queued
from common.types import Extra


class Command(BaseCommand):
    help = "Send the mails about accounts that wait: password resets, and warnings. The worker runs this."

    def handle(self, *args: Extra, **options: Extra) -> None:
        send_queued()
