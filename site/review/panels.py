"""The panel about the approval in the editor of a medical page."""

from typing import Any

from django.utils.functional import cached_property
from wagtail.admin.panels import Panel

from common.types import Context
from review.content_hash import content_hash


class ApprovalPanel(Panel):
    """Shows whether the text is approved, live, waiting for review, or not yet submitted. Read-only."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "admin/review/panel.html"

        @cached_property
        def approval(self) -> Any:
            """The page's latest approval by a clinician, or of sample content."""
            return self.instance.approvals.last() if self.instance.pk else None

        def get_context_data(self, parent_context: Context | None = None) -> Context:
            page = self.instance
            task_state = page.current_workflow_task_state if page.pk else None
            return {
                **super().get_context_data(parent_context),
                "page": page,
                "approval": self.approval,
                "is_approved_text": bool(self.approval and self.approval.content_hash == content_hash(page)),
                "task_state": task_state,
                "request": self.request,
            }
