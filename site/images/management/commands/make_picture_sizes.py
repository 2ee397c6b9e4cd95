from common.renamed_command import RenamedCommandMixin
from images.management.commands.generate_renditions import Command as NewCommand


class Command(RenamedCommandMixin, NewCommand):
    help = RenamedCommandMixin.help
    old_name, new_name = "make_picture_sizes", "generate_renditions"
