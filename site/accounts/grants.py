"""What each role may do with pages, media, snippets and settings that all apps share."""

from accounts.roles import Grants, Role, edit_permissions

ADMIN = "wagtailadmin.access_admin"


MEDIA = (
    "wagtailimages.add_image",
    "wagtailimages.change_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.change_document",
    "wagtaildocs.choose_document",
)
#: Consents are added and withdrawn; only the site manager may delete one.
CONSENTS = ("core.add_photoconsent", "core.change_photoconsent", "core.view_photoconsent", "core.withdraw_photoconsent")
CONTENT = edit_permissions("core.clinician", "core.reference")
SETTINGS = (
    "core.change_clinicdetails",
    "core.view_clinicdetails",
    "core.change_navigation",
    "core.view_navigation",
    "core.change_reviewpolicy",
)

GRANTS = {
    Role.EDITOR: Grants(
        permissions=(ADMIN, *CONTENT, "core.view_wordrule", "core.view_glossaryterm", "core.view_approval", *CONSENTS),
        pages=("add_page", "change_page", "publish_page"),
        collections=MEDIA,
    ),
    Role.CLINICIAN: Grants(
        permissions=(
            ADMIN,
            "core.approve_medical",
            "core.view_approval",
            *CONSENTS,
            "core.view_clinician",
            "core.change_clinician",
            "core.change_reviewpolicy",
            *edit_permissions("core.reference", "core.wordrule", "core.glossaryterm"),
        ),
        pages=("change_page", "publish_page"),
        collections=("wagtailimages.choose_image", "wagtaildocs.choose_document"),
    ),
    Role.FRONT_DESK: Grants(permissions=(ADMIN, "core.view_photoconsent", "core.withdraw_photoconsent")),
    Role.SITE_MANAGER: Grants(
        permissions=(
            ADMIN,
            *CONTENT,
            *SETTINGS,
            *CONSENTS,
            *edit_permissions("core.wordrule", "core.glossaryterm"),
            "core.view_approval",
            "core.delete_photoconsent",
            *edit_permissions("wagtailredirects.redirect"),
            "wagtailcore.view_site",
            "wagtailcore.change_site",
        ),
        pages=("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page"),
        collections=(*MEDIA, "wagtailimages.delete_image", "wagtaildocs.delete_document"),
    ),
}
