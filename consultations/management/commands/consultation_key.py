from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from consultations.keys import create_key_file, encode_private, encode_public, key_id


class Command(BaseCommand):
    help = "Create the key pair that seals and opens consultation requests."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        create = actions.add_parser("create", help="make a key pair, write its private half to a file, print the rest")
        create.add_argument("--file", type=Path, help="where to write the private key (default: CONSULTATION_PRIVATE_KEY_FILE)")
        create.add_argument("--quiet", action="store_true", help="print neither the recovery copy nor the explanation")

    def handle(self, *args: Any, **options: Any) -> None:
        path = options["file"] or Path(settings.CONSULTATION_PRIVATE_KEY_FILE or settings.CONSULTATION_KEY_FOLDER / "private.key")
        try:
            private_key = create_key_file(path)
        except FileExistsError as problem:
            raise CommandError(f"{path} exists. A key that is overwritten loses every request sealed to it.") from problem
        except OSError as problem:
            raise CommandError(f"{path} cannot be written: {problem.strerror}.") from problem
        public_key = private_key.public_key()
        if options["quiet"]:
            return
        self.stdout.write(f"Key {key_id(public_key)} was created. Its private half is in {path} (mode 600).\n")
        self.stdout.write("Give every process that shows the form this public key:\n")
        self.stdout.write(f"  CONSULTATION_PUBLIC_KEYS={encode_public(public_key)}\n")
        self.stdout.write("Print the recovery copy below on paper and lock it away. Whoever has it can read every request;")
        self.stdout.write("without it and the file, every request is lost for good:\n")
        self.stdout.write(f"  {encode_private(private_key)}")
