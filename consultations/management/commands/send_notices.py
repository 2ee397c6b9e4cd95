from common.renamed_command import RenamedCommandMixin
from consultations.management.commands.send_outgoing_mail import Command as NewCommand


class Command(RenamedCommandMixin, NewCommand):
    help = RenamedCommandMixin.help
    old_name, new_name = "send_notices", "send_outgoing_mail"
