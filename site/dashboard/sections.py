"""What the layers below watch: reviews of medical pages, references, photo consents."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from accounts.roles import Role
from core.models import Reference
from dashboard.registry import MAX_ITEMS, DueItem, DueSection, DueWindow, section_from_queryset, short_day
from images.models import PhotoConsent
from review.medical_pages import medical_models
from review.models.approvals import ApprovalKind
from review.models.tasks import ClinicianApprovalTask

CLINICIANS = (Role.CLINICIAN,)
EDITORS = (Role.EDITOR, Role.SITE_MANAGER)


def edit_url(page_id: int) -> str:
    return reverse("wagtailadmin_pages:edit", args=(page_id,))


def shared_sections(window: DueWindow) -> list[DueSection]:
    """Reviews first: they concern what readers rely on."""
    return [waiting(), reviews(window), unreviewed(), references(window), consents(window)]


def waiting() -> DueSection:
    """Submitted, and not yet handled."""
    states = ClinicianApprovalTask.waiting().select_related("revision", "workflow_state")

    def describe(state: Any) -> DueItem:
        since = _("waits since %(day)s") % {"day": short_day(state.started_at)}
        return DueItem(state.revision.object_str, since, edit_url(int(state.workflow_state.object_id)))

    return section_from_queryset("waiting", gettext_lazy("Waiting for a clinician"), CLINICIANS, states, describe)


def reviews(window: DueWindow) -> DueSection:
    """Live medical pages whose day for review is past or near, the longest overdue first."""
    rows = []
    for model in medical_models():
        due = model._default_manager.filter(live=True, approval__review_on__lte=window.horizon).order_by("approval__review_on")
        rows += list(due.values_list("approval__review_on", "pk", "title"))
    rows.sort()
    items = [
        DueItem(title, _("review by %(day)s") % {"day": short_day(day)}, edit_url(pk), window.is_late(day))
        for day, pk, title in rows[:MAX_ITEMS]
    ]
    return DueSection("reviews", gettext_lazy("Pages to review again"), (*CLINICIANS, *EDITORS), items, len(rows))


def unreviewed() -> DueSection:
    """Live medical pages behind which no clinician stands: the sample clinic's, until they are replaced."""
    unreviewed: Any = Page.objects.none()
    for model in medical_models():
        pages = model._default_manager.filter(live=True).exclude(approval__kind__in=(ApprovalKind.REVIEW, ApprovalKind.SMALL_EDIT))
        unreviewed = unreviewed | Page.objects.filter(pk__in=pages.values("pk"))
    return section_from_queryset(
        "unreviewed", gettext_lazy("Live, but reviewed by nobody"), CLINICIANS, unreviewed.order_by("path"),
        lambda page: DueItem(page.title, _("sample content"), edit_url(page.pk)),
    )  # fmt: skip


def references(window: DueWindow) -> DueSection:
    """Works that somebody wanted to look at again."""
    due = Reference.objects.filter(recheck_on__lte=window.horizon).order_by("recheck_on", "pk")

    def describe(work: Reference) -> DueItem:
        day = _("check by %(day)s") % {"day": short_day(work.recheck_on)}
        return DueItem(str(work), day, reverse("wagtailsnippets_core_reference:edit", args=(work.pk,)), window.is_late(work.recheck_on))

    return section_from_queryset("references", gettext_lazy("References to check again"), (*CLINICIANS, Role.EDITOR), due, describe)


def consents(window: DueWindow) -> DueSection:
    """Consents that end soon, or ended, and still have photographs. They are named by their code alone."""
    due = (
        PhotoConsent.objects.filter(withdrawn_at=None, expires_on__lte=window.horizon, photos__isnull=False)
        .distinct()
        .order_by("expires_on", "pk")
    )

    def describe(consent: PhotoConsent) -> DueItem:
        day = _("holds until %(day)s") % {"day": short_day(consent.expires_on)}
        return DueItem(consent.code, day, reverse("consents:edit", args=(consent.pk,)), window.is_late(consent.expires_on))

    return section_from_queryset("consents", gettext_lazy("Photo consents that end"), EDITORS, due, describe)
