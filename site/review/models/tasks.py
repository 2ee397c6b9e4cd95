"""The clinician's approval as a Wagtail workflow task, and the workflow of all medical pages."""

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState, Workflow, WorkflowTask

from accounts.models import User
from common.types import Extra, Staff
from review.forms import ApprovalForm, SendBackForm
from review.models.approving import approve_revision
from review.permissions import may_approve

APPROVE = "approve"
WORKFLOW_NAME = "clinician review"
TASK_NAME = "Clinician's approval"


class ClinicianApprovalTaskState(TaskState):
    """The state of one page in the clinician's task: waiting, approved or sent back."""

    class Meta:
        app_label = "core"

    @transaction.atomic
    def approve(self, user: User | None = None, update: bool = True, comment: str = "", **terms: Extra) -> TaskState:
        """Approve exactly the submitted text. `terms` are those of `approve_revision`. Raises `EditorialRuleError`."""
        if self.status == self.STATUS_IN_PROGRESS:
            approve_revision(self.revision, user, comment=comment, **terms)
        return super().approve(user=user, update=update, comment=comment)


class ClinicianApprovalTask(Task):
    """A task that needs a clinician's approval. Depends on the permission to approve, not on groups as Wagtail's own task does."""

    task_state_class = ClinicianApprovalTaskState

    class Meta:
        app_label = "core"
        verbose_name = _("clinician's approval")
        verbose_name_plural = _("clinicians' approvals")

    @classmethod
    def waiting(cls) -> QuerySet[TaskState]:
        """The states of all pages that wait for a clinician, the longest waiting first."""
        return TaskState.objects.filter(task__clinicianapprovaltask__isnull=False, status=TaskState.STATUS_IN_PROGRESS).order_by(
            "started_at"
        )

    @classmethod
    def get_description(cls) -> str:
        return str(_("A clinician approves exactly this text, or sends it back"))

    def user_can_access_editor(self, obj: Page, user: Staff) -> bool:
        return may_approve(user)

    def locked_for_user(self, obj: Page, user: Staff) -> bool:
        """Lock a submitted page for others, so that it does not change during a review. The author can cancel to edit again."""
        return not may_approve(user)

    def get_actions(self, obj: Page, user: Staff) -> list[tuple[str, str | Promise, bool]]:
        if not may_approve(user):
            return []
        return [("reject", _("Send back with a comment"), True), (APPROVE, _("Approve"), True)]

    def get_form_for_action(self, action: str) -> type[ApprovalForm] | type[SendBackForm]:
        return ApprovalForm if action == APPROVE else SendBackForm

    def get_task_states_user_can_moderate(self, user: Staff, **kwargs: Extra) -> QuerySet[TaskState]:
        states = TaskState.objects.filter(task=self, status=TaskState.STATUS_IN_PROGRESS)
        return states if may_approve(user) else states.none()


def medical_workflow() -> Workflow | None:
    """The workflow of medical pages, created at first use. None while it is disabled."""
    workflow = Workflow.objects.filter(workflow_tasks__task__clinicianapprovaltask__isnull=False).first()
    if workflow is None:
        workflow = Workflow.objects.create(name=WORKFLOW_NAME)
        task = ClinicianApprovalTask.objects.first() or ClinicianApprovalTask.objects.create(name=TASK_NAME)
        WorkflowTask.objects.create(workflow=workflow, task=task)
    return workflow if workflow.active and getattr(settings, "WAGTAIL_WORKFLOW_ENABLED", True) else None
