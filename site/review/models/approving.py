"""Approving one revision: on what terms, and what is recorded of it."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from publishing.errors import EditorialRuleError
from review.content_hash import content_hash
from review.findings import findings_for
from review.models.approvals import Approval, ApprovalKind
from review.models.policy import ReviewPolicy
from review.permissions import may_approve


def may_be_small_edit(page: Any) -> bool:
    """Whether a full review of this page still holds, which a small edit can rest on."""
    last = Approval.objects.last_review_of(page)
    return last is not None and last.holds


@transaction.atomic
def approve_revision(
    revision: Any,
    user: Any,
    *,
    comment: str = "",
    review_on: dt.date | str | None = None,
    is_small_edit: bool = False,
    override_reason: str = "",
    seen_hash: str = "",
) -> Approval | None:
    """Record a clinician's approval of a revision's content.

    `seen_hash` is the content that the clinician read. `review_on` is the day of the next review, by default as far away as
    the clinic's policy says. Raises `EditorialRuleError` where the person may not, the text has changed since it was read, or
    serious words are left without a reason. A page that needs no approval is left alone.
    """
    page = revision.as_object()
    if not getattr(page, "needs_approval", False):
        return None
    if not may_approve(user):
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
    today = timezone.localdate()
    last = Approval.objects.last_review_of(page)
    if is_small_edit and not (last and last.holds):
        raise EditorialRuleError([_("This page was never fully reviewed, or is due for it, so this cannot be only a small edit.")], page)
    chosen = parse_date(review_on) if isinstance(review_on, str) else review_on
    chosen = chosen or policy.next_review()
    if is_small_edit and last is not None and last.review_on is not None:
        chosen = last.review_on
    if chosen < today:
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
        review_on=chosen,
        comment=comment,
        override_reason=override_reason.strip(),
        overridden=[finding.as_data() for finding in serious],
    )


def approve_sample(revision: Any) -> Approval | None:
    """Let a page of the sample clinic go live. It says on its face that nobody reviewed it."""
    page = revision.as_object()
    if not getattr(page, "needs_approval", False):
        return None
    if not page.is_sample:
        raise EditorialRuleError([_("Only a page that is marked as sample content goes live unreviewed.")], page)
    return Approval.objects.create(page_id=page.pk, revision=revision, content_hash=content_hash(page), kind=ApprovalKind.SAMPLE)
