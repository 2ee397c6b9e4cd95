from django.core.management.base import BaseCommand

from common.clock import clinic_day
from common.types import Extra
from home.search.misses import delete_old_misses


class Command(BaseCommand):
    help = "Delete searches without results that did not come again. The worker runs this daily."

    def handle(self, *args: Extra, **options: Extra) -> None:
        delete_old_misses(clinic_day())
