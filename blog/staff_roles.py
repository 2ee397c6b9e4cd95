"""What each role may do with topics."""

from core.roles import Grants, Role
from core.staff_roles import edit

GRANTS = {
    Role.EDITOR: Grants(permissions=edit("blog.topic")),
    Role.SITE_MANAGER: Grants(permissions=edit("blog.topic")),
}
