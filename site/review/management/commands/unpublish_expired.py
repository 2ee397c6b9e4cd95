import datetime as dt

from django.core.management.base import BaseCommand

from common.clock import clinic_day
from common.types import Extra
from images.photo_consents import unpublish_expired
from review.medical_pages import medical_models
from review.models.policy import ReviewPolicy


class Command(BaseCommand):
    help = "Take offline what may no longer be shown: photos whose consent ran out and, where the clinic wants it, pages long overdue."

    def handle(self, *args: str, **options: Extra) -> None:
        for consent in unpublish_expired():
            self.stdout.write(f"The consent {consent} ran out; its photos are offline.")
        policy = ReviewPolicy.load()
        if not policy.withdraw_overdue:
            return
        last_day = clinic_day() - dt.timedelta(days=policy.grace_days)
        for model in medical_models():
            for page in model._default_manager.filter(live=True, approval__review_on__lt=last_day):
                page.unpublish(log_action="wagtail.unpublish.scheduled")
                self.stdout.write(f"“{page.title}” was long overdue for review; it is offline.")
