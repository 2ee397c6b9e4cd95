"""Who may approve medical pages."""

from common.types import Visitor

APPROVE_PERMISSION = "core.approve_medical"


def may_approve(user: Visitor | None) -> bool:
    """Whether this user has the permission and is linked to a clinician, which administrators need as well."""
    return bool(user and user.is_active and user.has_perm(APPROVE_PERMISSION) and getattr(user, "clinician", None))
