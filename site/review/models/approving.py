"""Approving one revision: the rules, and the approval that is stored."""

import datetime as dt

from django.db import transaction
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from accounts.models import User
from common.clock import clinic_day
from common.types import Revision, SpecificPage
from publishing.errors import EditorialRuleError
from review.content_hash import content_hash
from review.findings import findings_for
from review.models.approvals import Approval, ApprovalKind
from review.models.policy import ReviewPolicy
from review.permissions import may_approve


def may_be_small_edit(page: SpecificPage) -> bool:
    """Whether the last review of this page still holds, which a small edit requires."""
    last = Approval.objects.last_review_of(page)
    return last is not None and last.holds


@transaction.atomic
def approve_revision(
    revision: Revision,
    user: User | None,
    *,
    comment: str = "",
    review_on: dt.date | str | None = None,
    is_small_edit: bool = False,
    override_reason: str = "",
    seen_hash: str = "",
) -> Approval | None:
    """Store a clinician's approval of a revision's content. Returns None for a page that needs no approval.

    `seen_hash` is the content hash of the text that the clinician read. `review_on` is the date of the next review; the
    default comes from the clinic's policy. Raises `EditorialRuleError` where the user may not approve, the text has changed
    since it was read, a serious finding has no override reason, or a small edit or the date is not allowed.
    """
    page = revision.as_object()
    if not getattr(page, "needs_approval", False):
        return None
    if user is None or not may_approve(user):
        raise EditorialRuleError([_("Only a clinician whose account is linked to their entry under Clinicians can approve a page.")], page)
    digest = content_hash(page)
    if seen_hash and seen_hash != digest:
        raise EditorialRuleError([_("The text changed while you were reading it. Read it again, then approve it.")], page)
    policy = ReviewPolicy.load()
    serious = [finding for finding in findings_for(page, policy) if finding.is_serious]
    if serious and not override_reason.strip():
        raise EditorialRuleError(
            [
                _("Some words must be changed first, or you give a reason why they may stay: %s")
                % ", ".join(f"“{f.found}”" for f in serious)
            ],
            page,
        )
    today = clinic_day()
    last = Approval.objects.last_review_of(page)
    if is_small_edit and not (last and last.holds):
        raise EditorialRuleError([_("This page was never fully reviewed, or is due for it, so this cannot be only a small edit.")], page)
    next_review = parse_date(review_on) if isinstance(review_on, str) else review_on
    next_review = next_review or policy.next_review()
    if is_small_edit and last is not None and last.review_on is not None:
        next_review = last.review_on
    if next_review < today:
        raise EditorialRuleError([_("The date for the next review is past. Choose a day to come.")], page)
    return Approval.objects.create(
        page_id=page.pk,
        revision=revision,
        content_hash=digest,
        kind=ApprovalKind.SMALL_EDIT if is_small_edit else ApprovalKind.REVIEW,
        user=user,
        clinician=user.clinician,
        reviewer_name=user.clinician.display_name,
        reviewed_on=last.reviewed_on if is_small_edit and last else today,
        review_on=next_review,
        comment=comment,
        override_reason=override_reason.strip(),
        overridden=[finding.as_data() for finding in serious],
    )


def approve_sample(revision: Revision) -> Approval | None:
    """Store an approval that lets a sample page go live. The page itself says that nobody reviewed it.

    Returns None for a page that needs no approval. Raises `EditorialRuleError` for a page that is not sample content.
    """
    page = revision.as_object()
    if not getattr(page, "needs_approval", False):
        return None
    if not page.is_sample:
        raise EditorialRuleError([_("Only a page that is marked as sample content goes live unreviewed.")], page)
    return Approval.objects.create(page_id=page.pk, revision=revision, content_hash=content_hash(page), kind=ApprovalKind.SAMPLE)
