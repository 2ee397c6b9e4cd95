import logging
from typing import Any

from django.core.management.base import BaseCommand

from consultations.record import verify
from consultations.retention import forget, shred_due

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Destroy finished requests whose time is over, and what nobody needs any more. The worker runs this daily."

    def handle(self, *args: Any, **options: Any) -> None:
        say = self.stdout.write if options["verbosity"] else (lambda line: None)
        destroyed = shred_due(say)
        forget(say)
        # Kept by whoever keeps the logs, this line shows later whether an older copy of the record was put back.
        logger.info("the access record ends with %s", verify().head)
        say(f"Requests destroyed: {destroyed}.")
