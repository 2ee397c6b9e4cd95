"""Groups of staff and what each may do, gathered from every app by a Wagtail hook."""

from dataclasses import dataclass, field

from django.contrib.auth.models import Group, Permission
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

#: Groups that Wagtail's first migration makes; the clinic's own take their place.
WAGTAIL_GROUPS = ("Editors", "Moderators")


class Role(models.TextChoices):
    """The four jobs at the clinic."""

    EDITOR = "Editor", _("Editor")
    CLINICIAN = "Clinician", _("Clinician")
    FRONT_DESK = "Front desk", _("Front desk")
    SITE_MANAGER = "Site manager", _("Site manager")


@dataclass(frozen=True)
class Grants:
    """What one app gives to one role: model permissions (`app.codename`), page and collection codenames."""

    permissions: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    collections: tuple[str, ...] = field(default=())


#: Apps say by this hook what they give to each role: `hook() -> dict[Role, Grants]`.
ROLE_GRANTS_HOOK = "register_role_grants"


def edit_permissions(*models: str) -> tuple[str, ...]:
    """Add, change, delete and view for each `app.model`."""
    return tuple(
        f"{app}.{action}_{model}" for app, model in (label.split(".") for label in models) for action in ("add", "change", "delete", "view")
    )


def all_grants() -> dict[Role, list[Grants]]:
    """Every app's grants, by role."""
    grants_by_role: dict[Role, list[Grants]] = {role: [] for role in Role}
    for hook in hooks.get_hooks(ROLE_GRANTS_HOOK):
        for role, grants in hook().items():
            grants_by_role[role].append(grants)
    return grants_by_role


def permission_named(label: str) -> Permission:
    """The permission with an `app.codename` label. Raises `Permission.DoesNotExist` for a misspelt one."""
    app, codename = label.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)


@transaction.atomic
def set_up_roles(renew: bool = False) -> list[str]:
    """Create the groups that do not exist yet, and return their names.

    A group that exists is left alone, so that what an administrator changed stays changed; with `renew` it
    gets back what its job needs, and keeps whatever else it has.
    """
    created = []
    root = Page.get_first_root_node()
    collection = Collection.get_first_root_node()
    for role, grants in all_grants().items():
        group, is_new = Group.objects.get_or_create(name=role.value)
        if not is_new and not renew:
            continue
        if is_new:
            created.append(role.value)
        for grant in grants:
            group.permissions.add(*(permission_named(label) for label in grant.permissions))
            for codename in grant.pages:
                GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission_named(f"wagtailcore.{codename}"))
            for label in grant.collections:
                GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission_named(label))
    if created:
        Group.objects.filter(name__in=WAGTAIL_GROUPS, user__isnull=True).delete()
    return created
