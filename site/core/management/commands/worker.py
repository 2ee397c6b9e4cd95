import logging
import signal
import time
from types import FrameType
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 2
#: Command to run, and the seconds between two runs.
PERIODIC_COMMANDS = (("publish_scheduled", 60),)


class Command(BaseCommand):
    help = "Send queued mail, and run what is due by the clock, until told to stop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what waits now, then stop")

    def handle(self, *args: Any, **options: Any) -> None:
        self.worker = Worker(
            queue_names=["mail"], excluded_queue_names=[], interval=0, batch=True, backend_name="mail",
            startup_delay=False, max_tasks=None, worker_id=get_random_string(32),
        )  # fmt: skip
        self.stopping = False
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        due = {command: 0.0 for command, _seconds in PERIODIC_COMMANDS}
        while not self.stopping:
            self.worker.run()
            for command, seconds in PERIODIC_COMMANDS:
                if time.monotonic() >= due[command] and not self.stopping:
                    due[command] = time.monotonic() + seconds
                    self.run_periodic(command)
            if options["once"]:
                return
            close_old_connections()
            time.sleep(SECONDS_BETWEEN_LOOKS)

    def stop(self, signum: int, frame: FrameType | None) -> None:
        """Finish the task in hand, then end."""
        self.stopping = True
        self.worker.running = False
        if not self.worker.running_task:
            raise SystemExit(0)

    def run_periodic(self, command: str) -> None:
        """One failing command must not stop the mail."""
        try:
            call_command(command)
        except Exception:
            logger.exception("%s failed; it runs again at its next time", command)
