from common.renamed_command import RenamedCommandMixin
from review.management.commands.unpublish_expired import Command as NewCommand


class Command(RenamedCommandMixin, NewCommand):
    help = RenamedCommandMixin.help
    old_name, new_name = "end_expired", "unpublish_expired"
