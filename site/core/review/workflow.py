"""The clinician's review as a workflow of Wagtail's."""

from django.conf import settings
from wagtail.models import Workflow, WorkflowTask

WORKFLOW_NAME = "clinician review"
TASK_NAME = "Clinician's approval"


def medical_workflow() -> Workflow | None:
    """The one workflow that medical pages go through; made when first needed, None while it is switched off."""
    from core.models.tasks import ClinicianApprovalTask

    workflow = Workflow.objects.filter(workflow_tasks__task__clinicianapprovaltask__isnull=False).first()
    if workflow is None:
        workflow = Workflow.objects.create(name=WORKFLOW_NAME)
        task = ClinicianApprovalTask.objects.first() or ClinicianApprovalTask.objects.create(name=TASK_NAME)
        WorkflowTask.objects.create(workflow=workflow, task=task)
    return workflow if workflow.active and getattr(settings, "WAGTAIL_WORKFLOW_ENABLED", True) else None
