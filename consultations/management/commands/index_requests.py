from typing import Any

from django.core.management.base import BaseCommand

from consultations.keys import private_keys
from consultations.search_index import index_waiting


class Command(BaseCommand):
    help = "Make new requests searchable in the inbox. The worker runs this every other second."

    def handle(self, *args: Any, **options: Any) -> None:
        indexed = 0
        while private_keys() and (batch := index_waiting()):
            indexed += batch
            if options["verbosity"]:
                self.stdout.write(f"Indexed: {indexed} …")
