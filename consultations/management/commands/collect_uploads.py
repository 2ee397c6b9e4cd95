from django.core.management.base import BaseCommand

from common.types import Extra
from consultations.actions.collect_uploads import collect_uploads


class Command(BaseCommand):
    help = "Move sealed photos out of the folder that public processes write. The worker runs this."

    def handle(self, *args: Extra, **options: Extra) -> None:
        collect_uploads()
