"""Approvals, the clinic's review policy, the workflow task, and the mixins of medical pages. Their app label is `core`.

Modules of this room import the submodules; this module is for the apps of the layers above.
"""

from review.models.approvals import Approval, ApprovalKind
from review.models.pages import ClinicianReviewMixin, MedicalMixin
from review.models.policy import ReviewPolicy
from review.models.tasks import ClinicianApprovalTask, ClinicianApprovalTaskState

__all__ = [
    "Approval",
    "ApprovalKind",
    "ClinicianApprovalTask",
    "ClinicianApprovalTaskState",
    "ClinicianReviewMixin",
    "MedicalMixin",
    "ReviewPolicy",
]
