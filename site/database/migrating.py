"""Receivers around `migrate`: views are dropped before, because a column that a view shows cannot be changed, and made anew after.

In between, a public process serves what it has cached, and says of the rest that it is busy.
"""

from django.db import connection

from common.types import Extra
from database import roles


def concerns(using: str, plan: list[Extra]) -> bool:
    """Whether there is something to migrate in a database that was prepared for the two roles."""
    return bool(plan) and using == "default" and connection.vendor == "postgresql" and roles.is_prepared()


def drop_views(using: str, plan: list[Extra], **kwargs: Extra) -> None:
    """Before: drop the views. A lock that a public process holds ends the migration with an error, instead of making all wait behind it."""
    if concerns(using, plan):
        roles.run("SET lock_timeout = '10s'")
        roles.drop_views()


def apply_roles(using: str, plan: list[Extra], **kwargs: Extra) -> None:
    """After: make the views anew, and give new tables their rights."""
    if concerns(using, plan):
        roles.apply()
