from django.core.management.base import BaseCommand

from common.types import Extra
from consultations.noted_heads import note_head


class Command(BaseCommand):
    help = "Note where the access record ends, outside the database. The worker runs this once a minute."

    def handle(self, *args: Extra, **options: Extra) -> None:
        note_head()
