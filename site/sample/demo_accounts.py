"""Accounts for the demo. Production never creates them."""

import secrets
from pathlib import Path

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction

from accounts.models import User
from accounts.roles import Role
from core.models import Clinician

#: Role in the accounts file, user name, first name, last name, group (None for a superuser).
ACCOUNTS = (
    ("admin", "admin", "Ada", "Admin", None),
    ("editor", "editor", "Eddie", "Editor", Role.EDITOR),
    ("clinician", "clinician", "Clara", "Clinician", Role.CLINICIAN),
    ("frontdesk", "frontdesk", "Frankie", "Frontdesk", Role.FRONT_DESK),
)


def link_clinician(user: User) -> None:
    """Link the account to a clinician of the sample clinic, which approving pages requires."""
    if not Clinician.objects.filter(user=user).exists() and (person := Clinician.objects.filter(user=None, is_sample=True).first()):
        person.user = user
        person.save()


@transaction.atomic
def create_demo_accounts(accounts_file: Path) -> list[tuple[str, str, str]]:
    """Create the missing accounts with random passwords, and write all accounts to the file (mode 600).

    Returns `(role, user name, password)` for each. An account with a line in the file keeps its password.
    """
    user_model = get_user_model()
    accounts: dict[str, list[str]] = {}
    if accounts_file.exists():
        accounts = {fields[1]: fields for fields in (line.split() for line in accounts_file.read_text().splitlines()) if len(fields) == 3}
    lines = []
    for role, username, first_name, last_name, group in ACCOUNTS:
        user = user_model.objects.filter(username=username).first()
        if user is None or username not in accounts:
            password = secrets.token_urlsafe(12)
            user = user or user_model(username=username)
            user.first_name, user.last_name, user.email = first_name, last_name, f"{username}@alluraderm.example"
            user.is_superuser = group is None
            user.set_password(password)
            user.save()
            user.groups.set([Group.objects.get(name=group.value)] if group else [])
            accounts[username] = [role, username, password]
        if group is Role.CLINICIAN:
            link_clinician(user)
        lines.append((accounts[username][0], username, accounts[username][2]))
    accounts_file.parent.mkdir(parents=True, exist_ok=True)
    accounts_file.touch(mode=0o600)
    accounts_file.write_text("".join(" ".join(line) + "\n" for line in lines))
    return lines
