from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.types import Extra
from consultations import access_log
from consultations.actions.export import open_archive
from consultations.choices import Action
from sealing.errors import CannotOpenError, SealingKeyError


class Command(BaseCommand):
    help = "Open a sealed archive that was exported from the inbox. What it writes can be read by whoever has the file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=Path)
        parser.add_argument("--to", type=Path, required=True, help="the zip file to write (mode 600); it must not exist yet")

    def handle(self, *args: Extra, **options: Extra) -> None:
        target: Path = options["to"]
        try:
            content = open_archive(options["archive"].read_bytes())
            with target.open("xb") as file:
                target.chmod(0o600)
                file.write(content)
        except (CannotOpenError, SealingKeyError) as problem:
            access_log.write(Action.CANNOT_OPEN, access_log.SITE, detail="sealed archive")
            raise CommandError(f"The archive cannot be opened: {problem}.") from problem
        except OSError as problem:
            raise CommandError(f"{problem.filename}: {problem.strerror}.") from problem
        access_log.write(Action.OPENED, access_log.SITE, detail="sealed archive")
        self.stdout.write(f"Written to {target}. It is not sealed any more: delete it as soon as you can.")
