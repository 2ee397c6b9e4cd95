from django.core.management.base import BaseCommand

from common.types import Extra
from consultations.actions.log_patients_actions import log_patients_actions


class Command(BaseCommand):
    help = "Write what patients did (messages, withdrawals) to the access record. The worker runs this."

    def handle(self, *args: Extra, **options: Extra) -> None:
        log_patients_actions()
