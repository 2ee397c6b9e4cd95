"""Who may approve medical pages."""

from typing import Any

APPROVE_PERMISSION = "core.approve_medical"


def may_approve(user: Any) -> bool:
    """Whether this account is a clinician's who approves pages. Being an administrator is not enough."""
    return bool(user and user.is_active and user.has_perm(APPROVE_PERMISSION) and getattr(user, "clinician", None))
