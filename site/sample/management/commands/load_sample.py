from django.core.management.base import BaseCommand, CommandError

from accounts.roles import set_up_roles
from common.types import Extra
from page_tree.site_address import match_site_to_base_url
from sample.loader import SampleFileError, SampleLoader


class Command(BaseCommand):
    help = "Load the sample clinic. What was loaded once is never loaded again, whatever staff did to it since."

    def handle(self, *args: str, **options: Extra) -> None:
        set_up_roles()
        report = (lambda line: self.stdout.write(f"  {line}")) if options["verbosity"] > 1 else None
        try:
            loaded = SampleLoader(report=report).load()
        except SampleFileError as problem:
            raise CommandError(str(problem)) from problem
        match_site_to_base_url()
        self.stdout.write(f"Loaded {loaded} items." if loaded else "Everything was loaded before; nothing was changed.")
