"""The finish action of the clinician's workflow. Wagtail imports this module before its models, so it imports none at runtime."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wagtail.models import WorkflowState

    from common.types import Staff


def publish_reviewed(workflow_state: "WorkflowState", user: "Staff | None" = None) -> None:
    """Publish the approved revision, even where a newer draft exists.

    The permission to approve is enough: clinicians do not need the permission to publish.
    """
    workflow_state.current_task_state.revision.publish(user=user, skip_permission_checks=True)
