"""Staff roles (Django groups) and their permissions, collected from every app by a Wagtail hook."""

from dataclasses import dataclass, field

from django.contrib.auth.models import Group, Permission
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

#: Groups that Wagtail's first migration creates. The clinic's roles replace them.
WAGTAIL_GROUPS = ("Editors", "Moderators")


class Role(models.TextChoices):
    """The four jobs at the clinic."""

    EDITOR = "Editor", _("Editor")
    CLINICIAN = "Clinician", _("Clinician")
    FRONT_DESK = "Front desk", _("Front desk")
    SITE_MANAGER = "Site manager", _("Site manager")


@dataclass(frozen=True)
class Grants:
    """What one app grants to one role: model permissions (`app.codename`), codenames for pages, permissions for collections."""

    permissions: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    collections: tuple[str, ...] = field(default=())


#: Apps register their grants with this hook: `hook() -> dict[Role, Grants]`.
ROLE_GRANTS_HOOK = "register_role_grants"


def edit_permissions(*models: str) -> tuple[str, ...]:
    """The permissions to add, change, delete and view each `app.model`."""
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

    An existing group is not changed, so that an administrator's changes remain. With `renew`, it gets back the
    permissions that its role needs, and additional ones remain.
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
