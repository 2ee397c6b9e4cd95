import logging
import signal
import time
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 0.5


class Command(BaseCommand):
    help = "Run what is due by the clock (mail, search index, scheduled pages, destroying what is due) until told to stop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="run everything once, then stop")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.SITE_ROLE == "public":
            raise CommandError("The worker opens requests to acknowledge and index them, so it runs on the staff side: SITE_ROLE=staff.")
        self.stopping = self.busy = False
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        due = {command: 0.0 for command, _seconds in settings.WORKER_COMMANDS}
        while not self.stopping:
            for command, seconds in settings.WORKER_COMMANDS:
                if time.monotonic() >= due[command] and not self.stopping:
                    due[command] = time.monotonic() + seconds
                    self.run(command)
            if options["once"]:
                return
            close_old_connections()
            time.sleep(SECONDS_BETWEEN_LOOKS)

    def stop(self, signum: int, frame: FrameType | None) -> None:
        """Finish the command in hand, then end."""
        self.stopping = True
        if not self.busy:
            raise SystemExit(0)

    def run(self, command: str) -> None:
        """One failing command must not stop the others."""
        self.busy = True
        try:
            call_command(command, verbosity=0)
        except Exception:
            logger.exception("%s failed; it runs again at its next time", command)
        finally:
            self.busy = False
