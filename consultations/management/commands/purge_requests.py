from django.core.management.base import BaseCommand

from common.types import Extra
from consultations.actions.purge import purge_due_requests, purge_expired_data


class Command(BaseCommand):
    help = "Destroy finished requests whose time is over, and what nobody needs any more. The worker runs this daily."

    def handle(self, *args: Extra, **options: Extra) -> None:
        report = self.stdout.write if options["verbosity"] else (lambda line: None)
        destroyed = purge_due_requests(report)
        purge_expired_data(report)
        report(f"Requests destroyed: {destroyed}.")
