from django.core.management.base import BaseCommand

from common.types import Extra
from consultations.search_index import index_pending
from sealing.keys import private_keys


class Command(BaseCommand):
    help = "Make new requests searchable in the inbox. The worker runs this every other second."

    def handle(self, *args: Extra, **options: Extra) -> None:
        indexed = 0
        while private_keys() and (batch := index_pending()):
            indexed += batch
            if options["verbosity"]:
                self.stdout.write(f"Indexed: {indexed} …")
