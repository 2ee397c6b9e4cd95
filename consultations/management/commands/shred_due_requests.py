from common.renamed_command import RenamedCommandMixin
from consultations.management.commands.purge_requests import Command as NewCommand


class Command(RenamedCommandMixin, NewCommand):
    help = RenamedCommandMixin.help
    old_name, new_name = "shred_due_requests", "purge_requests"
