"""Only the front desk reads requests. The site manager sees who read them, and sets how long they are kept."""

from core.roles import Grants, Role

GRANTS = {
    Role.FRONT_DESK: Grants(
        permissions=tuple(f"consultations.{action}_consultationrequest" for action in ("view", "change", "export", "destroy"))
    ),
    Role.SITE_MANAGER: Grants(permissions=("consultations.view_accessrecord", "consultations.change_requestpolicy")),
}
