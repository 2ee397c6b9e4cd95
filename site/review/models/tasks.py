"""The clinician's step as a task of Wagtail's workflows, and the one workflow that medical pages go through."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState, Workflow, WorkflowTask

from review.forms import ApprovalForm, SendBackForm
from review.models.approving import approve_revision
from review.permissions import may_approve

APPROVE = "approve"
WORKFLOW_NAME = "clinician review"
TASK_NAME = "Clinician's approval"


class ClinicianApprovalTaskState(TaskState):
    """One page waiting for, or past, a clinician's approval."""

    class Meta:
        app_label = "core"

    @transaction.atomic
    def approve(self, user: Any = None, update: bool = True, comment: str = "", **terms: Any) -> Any:
        """Approve exactly the submitted text. Raises `EditorialRuleError` where that is not possible."""
        if self.status == self.STATUS_IN_PROGRESS:
            approve_revision(self.revision, user, comment=comment, **terms)
        return super().approve(user=user, update=update, comment=comment)


class ClinicianApprovalTask(Task):
    """Wants a clinician's approval. Whoever has the right to approve can do it; nobody else, whatever group they are in."""

    task_state_class = ClinicianApprovalTaskState

    class Meta:
        app_label = "core"
        verbose_name = _("clinician's approval")
        verbose_name_plural = _("clinicians' approvals")

    @classmethod
    def waiting(cls) -> Any:
        """All pages that wait for a clinician, the longest waiting first."""
        return TaskState.objects.filter(task__clinicianapprovaltask__isnull=False, status=TaskState.STATUS_IN_PROGRESS).order_by(
            "started_at"
        )

    @classmethod
    def get_description(cls) -> str:
        return str(_("A clinician approves exactly this text, or sends it back"))

    def user_can_access_editor(self, obj: Any, user: AbstractBaseUser) -> bool:
        return may_approve(user)

    def locked_for_user(self, obj: Any, user: AbstractBaseUser) -> bool:
        """What a clinician reads stays as it is while they read it. Who submitted it can cancel and edit."""
        return not may_approve(user)

    def get_actions(self, obj: Any, user: AbstractBaseUser) -> list[tuple[str, Any, bool]]:
        if not may_approve(user):
            return []
        return [("reject", _("Send back with a comment"), True), (APPROVE, _("Approve"), True)]

    def get_form_for_action(self, action: str) -> type:
        return ApprovalForm if action == APPROVE else SendBackForm

    def get_task_states_user_can_moderate(self, user: AbstractBaseUser, **kwargs: Any) -> Any:
        states = TaskState.objects.filter(task=self, status=TaskState.STATUS_IN_PROGRESS)
        return states if may_approve(user) else states.none()


def medical_workflow() -> Workflow | None:
    """The workflow of medical pages; created when first needed, None while it is switched off."""
    workflow = Workflow.objects.filter(workflow_tasks__task__clinicianapprovaltask__isnull=False).first()
    if workflow is None:
        workflow = Workflow.objects.create(name=WORKFLOW_NAME)
        task = ClinicianApprovalTask.objects.first() or ClinicianApprovalTask.objects.create(name=TASK_NAME)
        WorkflowTask.objects.create(workflow=workflow, task=task)
    return workflow if workflow.active and getattr(settings, "WAGTAIL_WORKFLOW_ENABLED", True) else None
