import os

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from common.types import Extra
from database import roles
from database.role_check import problems


class Command(BaseCommand):
    help = (
        "Make the two database roles what they must be, or check them. Run it as the owner of the tables (DATABASE_URL). "
        "PUBLIC_DATABASE_PASSWORD and STAFF_DATABASE_PASSWORD set passwords. Every migrate applies the rights again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing, name what is wrong, and fail where something is")

    def handle(self, *args: Extra, **options: Extra) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has roles. On SQLite the two sides are not separate: use it for demonstrations only.")
        if not options["check"]:
            passwords = {
                roles.public_role(): os.environ.get("PUBLIC_DATABASE_PASSWORD", ""),
                roles.staff_role(): os.environ.get("STAFF_DATABASE_PASSWORD", ""),
            }
            roles.create_roles(passwords)
            roles.apply()
        if found := list(problems()):
            raise CommandError("The database roles are not as they must be:\n" + "\n".join(f"  {problem}" for problem in found))
        self.stdout.write(f"{roles.public_role()} and {roles.staff_role()} have exactly their rights.")
