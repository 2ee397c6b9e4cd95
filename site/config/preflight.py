"""What must be right before a server of the site starts: `python -m config.preflight` exits with one line where it is not.

A process that serves connects as the role of its side. Commands are not checked here: `migrate` runs as the owner of the tables.
"""

import os

from django.conf import settings

from config.settings.environment import refuse


def check_database_role() -> None:
    """Exits where a process of one side was given the other side's role, or the owner's."""
    roles = {"public": settings.PUBLIC_DATABASE_ROLE, "staff": settings.STAFF_DATABASE_ROLE}
    database = settings.DATABASES["default"]
    expected = roles.get(settings.SITE_ROLE)
    if expected and database["ENGINE"].endswith("postgresql") and database["USER"] != expected:
        refuse(f"DATABASE_URL names the role {database['USER']}, and a server with SITE_ROLE={settings.SITE_ROLE} connects as {expected}.")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
    check_database_role()
