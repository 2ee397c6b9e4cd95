"""Learns what speaks for danger from the examples."""

from django.core.management.base import BaseCommand

from common.types import Extra
from consultations.danger_signs.learning import as_text, examples, learn
from consultations.danger_signs.resemblance import WEIGHTS


class Command(BaseCommand):
    help = "For developers: learn the weights of danger_signs/weights.json from danger_signs/examples.json, after examples were added."

    def handle(self, *args: Extra, **options: Extra) -> None:
        weights = learn(examples())
        WEIGHTS.write_text(as_text(weights), encoding="utf-8")
        self.stdout.write(f"{len(weights.features)} features.")
