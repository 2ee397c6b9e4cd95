"""Short ways through the review, for tests that are about something else."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from accounts.roles import Role
from core.models import Clinician
from review.models.approving import approve_revision


def a_clinician(username: str = "reviewer") -> Any:
    """A member of staff who may approve, linked to one of the sample clinic's people."""
    users = get_user_model()
    if found := users.objects.filter(username=username).first():
        return found
    user = users.objects.create_user(username, f"{username}@alluraderm.example", "a long test password")
    user.groups.add(Group.objects.get(name=Role.CLINICIAN.value))
    Clinician.objects.filter(pk=Clinician.objects.filter(user=None).order_by("pk").values("pk")[:1]).update(user=user)
    return user


def publish_approved(page: Any, **terms: Any) -> Any:
    """Save what is in memory as a revision, have it approved and publish it. Returns the page as it is stored."""
    revision = page.save_revision()
    approve_revision(revision, a_clinician(), **{"override_reason": "a test", **terms})
    revision.publish()
    return type(page).objects.get(pk=page.pk)


def add_approved(parent: Any, page: Any) -> Any:
    """A new page below a parent, approved and live."""
    page.live = False
    parent.add_child(instance=page)
    return publish_approved(page)
