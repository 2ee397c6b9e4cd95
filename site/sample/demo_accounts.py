"""Accounts for trying the site out. Production never makes them."""

import secrets
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction

from accounts.roles import Role
from core.models import Clinician

#: role in the accounts file, user name, given name, family name, group (None for a superuser)
ACCOUNTS = (
    ("admin", "admin", "Ada", "Admin", None),
    ("editor", "editor", "Eddie", "Editor", Role.EDITOR),
    ("clinician", "clinician", "Clara", "Clinician", Role.CLINICIAN),
    ("frontdesk", "frontdesk", "Frankie", "Frontdesk", Role.FRONT_DESK),
)


def let_approve(user: Any) -> None:
    """Link the clinician's account to a person of the sample clinic, without whom nobody can approve a page."""
    if not Clinician.objects.filter(user=user).exists() and (person := Clinician.objects.filter(user=None, is_sample=True).first()):
        person.user = user
        person.save()


@transaction.atomic
def create_demo_accounts(accounts_file: Path) -> list[tuple[str, str, str]]:
    """Make the accounts that are missing, with fresh passwords, and write all of them to the file (mode 600).

    Returns `(role, user name, password)` for each. An account whose line is in the file is left alone.
    """
    users = get_user_model()
    known: dict[str, list[str]] = {}
    if accounts_file.exists():
        known = {fields[1]: fields for fields in (line.split() for line in accounts_file.read_text().splitlines()) if len(fields) == 3}
    lines = []
    for role, username, first_name, last_name, group in ACCOUNTS:
        user = users.objects.filter(username=username).first()
        if user is None or username not in known:
            password = secrets.token_urlsafe(12)
            user = user or users(username=username)
            user.first_name, user.last_name, user.email = first_name, last_name, f"{username}@alluraderm.example"
            user.is_superuser = group is None
            user.set_password(password)
            user.save()
            user.groups.set([Group.objects.get(name=group.value)] if group else [])
            known[username] = [role, username, password]
        if group is Role.CLINICIAN:
            let_approve(user)
        lines.append((known[username][0], username, known[username][2]))
    accounts_file.parent.mkdir(parents=True, exist_ok=True)
    accounts_file.touch(mode=0o600)
    accounts_file.write_text("".join(" ".join(line) + "\n" for line in lines))
    return lines
