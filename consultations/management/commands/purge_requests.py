import logging
from typing import Any

from django.core.management.base import BaseCommand

from consultations.access_log import verify
from consultations.actions.purge import purge_due_requests, purge_leftovers

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Destroy finished requests whose time is over, and what nobody needs any more. The worker runs this daily."

    def handle(self, *args: Any, **options: Any) -> None:
        say = self.stdout.write if options["verbosity"] else (lambda line: None)
        destroyed = purge_due_requests(say)
        purge_leftovers(say)
        # Kept by whoever keeps the logs, this line shows later whether an older copy of the log was put back.
        logger.info("the access log ends with %s", verify().head)
        say(f"Requests destroyed: {destroyed}.")
