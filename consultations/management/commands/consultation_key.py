import stat
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.types import Extra
from consultations import access_log
from consultations.choices import Action
from consultations.key_rotation import count_not_resealed, reseal_all
from consultations.models.policy import RequestPolicy
from consultations.models.request import ConsultationRequest
from sealing.encryption import ContentKey
from sealing.errors import CannotOpenError, SealingKeyError
from sealing.key_file import add_new_key, create_key_file, keep_newest_key
from sealing.key_pairs import PrivateKey
from sealing.keys import decode_private, encode_private, encode_public, key_id, public_keys, read_key_file

BACKUPS = """What older backups still hold: every backup made before now opens with the old key, and goes on doing so.
Keep the old recovery copy until the last of those backups is gone ({days} days by the clinic's setting), then destroy
both. If the old key was stolen, rotating does not protect what a stolen backup holds: tell the patients."""


class Command(BaseCommand):
    help = "Create, rotate or check the keys that seal and open consultation requests."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        create = actions.add_parser("create", help="make a key pair, write its private half to a file, print the rest")
        create.add_argument("--quiet", action="store_true", help="print neither the recovery copy nor the explanation")
        rotate = actions.add_parser("rotate", help="make a new key pair and seal every request to it")
        rotate.add_argument("--finish", action="store_true", help="take the old keys out, once no process seals to them any more")
        check = actions.add_parser("check", help="try the keys on every request; reads a recovery copy from standard input with --recovery")
        check.add_argument("--recovery", action="store_true", help="say which key a recovery copy holds")
        for action in (create, rotate, check):
            action.add_argument("--file", type=Path, help="the file of private keys (default: CONSULTATION_PRIVATE_KEY_FILE)")

    def handle(self, *args: Extra, **options: Extra) -> None:
        path = options["file"] or Path(settings.CONSULTATION_PRIVATE_KEY_FILE or settings.CONSULTATION_KEY_FOLDER / "private.key")
        try:
            {"create": self.create, "rotate": self.rotate, "check": self.check_keys}[options["action"]](path, options)
        except FileExistsError as problem:
            raise CommandError(f"{path} exists. A key that is overwritten loses every request sealed to it.") from problem
        except OSError as problem:
            raise CommandError(f"{path}: {problem.strerror}.") from problem
        except SealingKeyError as problem:
            raise CommandError(f"{problem}.") from problem

    def create(self, path: Path, options: dict[str, Extra]) -> None:
        private_key = create_key_file(path)
        if not options["quiet"]:
            self.explain(path, private_key, [encode_public(private_key.public_key())])

    def explain(self, path: Path, private_key: PrivateKey, public_texts: list[str]) -> None:
        self.stdout.write(f"Key {key_id(private_key.public_key())} was created. Its private half is in {path} (mode 600).\n")
        self.stdout.write("Give every process that shows the form this:\n")
        self.stdout.write(f"  CONSULTATION_PUBLIC_KEYS={','.join(public_texts)}\n")
        self.stdout.write("Print the recovery copy below on paper and lock it away. Whoever has it can read every request;")
        self.stdout.write("without it and the file, every request is lost for good:\n")
        self.stdout.write(f"  {encode_private(private_key)}")

    def rotate(self, path: Path, options: dict[str, Extra]) -> None:
        existing = read_key_file(path)
        ids_in_file = {key_id(key.public_key()) for key in existing}
        # Keep sealing to public keys whose private half is not in this file, such as a key in escrow.
        external = (
            {name: key for name, key in public_keys().items() if name not in ids_in_file} if settings.CONSULTATION_PUBLIC_KEYS else {}
        )
        newest = existing[0] if options["finish"] else add_new_key(path)
        targets = {key_id(newest.public_key()): newest.public_key(), **external}
        if not options["finish"]:
            self.explain(path, newest, [encode_public(key) for key in targets.values()])
        private = {key_id(key.public_key()): key for key in [newest, *existing]}
        result = reseal_all(private, targets, self.stderr.write)
        self.stdout.write(
            f"\nSealed anew: {result.changed}. Already right: {result.unchanged}. Cannot be opened: {len(result.cannot_open)}."
        )
        if not options["finish"]:
            self.stdout.write("The old keys stay in the file. Give every process the new CONSULTATION_PUBLIC_KEYS, restart it,")
            self.stdout.write("then run: manage.py consultation_key rotate --finish\n")
        else:
            self.finish(path, existing)
        access_log.write(Action.KEYS, access_log.SITE, detail=f"{'finished' if options['finish'] else 'rotated'}: {', '.join(targets)}")
        self.stdout.write(BACKUPS.format(days=RequestPolicy.current().backups_kept_days))

    def finish(self, path: Path, existing: list[PrivateKey]) -> None:
        configured_ids = set(public_keys()) if settings.CONSULTATION_PUBLIC_KEYS else set()
        for old in existing[1:]:
            name = key_id(old.public_key())
            if name in configured_ids:
                raise CommandError(f"CONSULTATION_PUBLIC_KEYS still names the old key {name}: new requests would be lost.")
            if not_resealed := count_not_resealed(name, key_id(existing[0].public_key())):
                raise CommandError(
                    f"{not_resealed} requests, notes or files open with the old key {name} and not with the new one, so it stays. "
                    "Restart every process, then run this again."
                )
        removed = keep_newest_key(path)
        self.stdout.write(f"Old keys taken out of the file: {', '.join(key_id(key.public_key()) for key in removed) or 'none'}.")

    def check_keys(self, path: Path, options: dict[str, Extra]) -> None:
        if options["recovery"]:
            self.stdout.write(f"This recovery copy holds key {key_id(decode_private(sys.stdin.readline().strip()).public_key())}.")
            return
        keys = {key_id(key.public_key()): key for key in read_key_file(path)}
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise CommandError(f"{path} can be read by others than its owner. Run: chmod 600 {path}")
        self.stdout.write(f"{path} holds: {', '.join(keys)} (newest first).")
        self.stdout.write(f"New requests are sealed to: {', '.join(public_keys())}.")
        if not set(public_keys()) & set(keys):
            raise CommandError("No key in the file opens what is sealed from now on: every new request would be lost.")
        opened, failed = 0, []
        for consultation in ConsultationRequest.objects.iterator(chunk_size=500):
            if self.opens(consultation, keys):
                opened += 1
            else:
                failed.append(consultation)
        self.stdout.write(f"Requests that open: {opened}. That do not: {len(failed)}.")
        if failed:
            access_log.write_all(Action.CANNOT_OPEN, access_log.SITE, failed, "key check")
            raise CommandError("Cannot be opened: " + ", ".join(consultation.reference for consultation in failed[:50]))

    def opens(self, consultation: ConsultationRequest, keys: dict[str, PrivateKey]) -> bool:
        try:
            key = ContentKey.unseal(consultation.pk, consultation.sealed_keys, keys)
            consultation.contact(key)
            consultation.answers(key)
        except CannotOpenError:
            return False
        return True
