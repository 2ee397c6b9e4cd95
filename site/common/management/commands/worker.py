import logging
import signal
import time
from types import FrameType

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections

from common.types import Extra

logger = logging.getLogger(__name__)

#: Pause between two checks of the schedule, in seconds.
POLL_SECONDS = 0.5


class Command(BaseCommand):
    help = "Run the scheduled commands (mail, search index, scheduled pages, purging expired requests) until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="run everything once, then stop")

    def handle(self, *args: Extra, **options: Extra) -> None:
        if settings.SITE_ROLE == "public":
            raise CommandError("The worker opens requests to acknowledge and index them, so it runs on the staff side: SITE_ROLE=staff.")
        self.stopping = self.busy = False
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        next_run = {command: 0.0 for command, _seconds in settings.WORKER_COMMANDS}
        while not self.stopping:
            for command, seconds in settings.WORKER_COMMANDS:
                if time.monotonic() >= next_run[command] and not self.stopping:
                    next_run[command] = time.monotonic() + seconds
                    self.run(command)
            if options["once"]:
                return
            close_old_connections()
            time.sleep(POLL_SECONDS)

    def stop(self, signum: int, frame: FrameType | None) -> None:
        """Signal handler: let the running command finish, then exit."""
        self.stopping = True
        if not self.busy:
            raise SystemExit(0)

    def run(self, command: str) -> None:
        """Run one command. Its failure is logged and does not stop the others."""
        self.busy = True
        try:
            call_command(command, verbosity=0)
        except Exception:
            logger.exception("%s failed; it runs again at its next time", command)
        finally:
            self.busy = False
