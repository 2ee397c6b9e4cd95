import sys

from django.core.management.base import BaseCommand

from common.types import Extra
from content_checks.checker import ContentChecker
from review.models.policy import ReviewPolicy


class Command(BaseCommand):
    help = "Check sentences from standard input, one a line, and print “line number, rule, what to write instead” for each that is marked."

    def handle(self, *args: str, **options: Extra) -> None:
        checker = ContentChecker(ReviewPolicy.load())
        for number, line in enumerate(sys.stdin, start=1):
            for finding in checker.check(line):
                self.stdout.write(f"{number}\t{finding.rule}\t{finding.advice}")
