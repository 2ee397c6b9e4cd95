"""What each role may do with search words."""

from core.roles import Grants, Role
from core.staff_roles import edit

SEARCH = (*edit("home.searchword"), "home.view_searchmiss")

GRANTS = {
    Role.EDITOR: Grants(permissions=SEARCH),
    Role.SITE_MANAGER: Grants(permissions=SEARCH),
}
