"""Only the front desk reads requests."""

from core.roles import Grants, Role

GRANTS = {
    Role.FRONT_DESK: Grants(permissions=("consultations.view_consultationrequest", "consultations.change_consultationrequest")),
}
