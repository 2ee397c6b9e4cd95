"""The sections for models of the layers below: reviews of medical pages, references, photo consents."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, TaskState

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
    """Where a page is edited."""
    return reverse("wagtailadmin_pages:edit", args=(page_id,))


def shared_sections(window: DueWindow) -> list[DueSection]:
    """All sections of this module. Reviews come first, because readers rely on reviewed pages."""
    return [waiting_section(), review_section(window), unreviewed_section(), reference_section(window), consent_section(window)]


def waiting_section() -> DueSection:
    """Pages submitted to a clinician and not yet handled."""
    states = ClinicianApprovalTask.waiting().select_related("revision", "workflow_state")

    def describe(state: TaskState) -> DueItem:
        since = _("waiting since %(day)s") % {"day": short_day(state.started_at)}
        return DueItem(state.revision.object_str, since, edit_url(int(state.workflow_state.object_id)))

    return section_from_queryset("waiting", gettext_lazy("Waiting for a clinician"), CLINICIANS, states, describe)


def review_section(window: DueWindow) -> DueSection:
    """Live medical pages whose review date is within the window, the longest overdue first."""
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


def unreviewed_section() -> DueSection:
    """Live medical pages without a clinician's approval: the sample clinic's pages, until they are replaced."""
    unreviewed: QuerySet[Page] = Page.objects.none()
    for model in medical_models():
        pages = model._default_manager.filter(live=True).exclude(approval__kind__in=(ApprovalKind.REVIEW, ApprovalKind.SMALL_EDIT))
        unreviewed = unreviewed | Page.objects.filter(pk__in=pages.values("pk"))
    return section_from_queryset(
        "unreviewed", gettext_lazy("Live without a medical review"), CLINICIANS, unreviewed.order_by("path"),
        lambda page: DueItem(page.title, _("sample content"), edit_url(page.pk)),
    )  # fmt: skip


def reference_section(window: DueWindow) -> DueSection:
    """References whose recheck date is within the window."""
    due = Reference.objects.filter(recheck_on__lte=window.horizon).order_by("recheck_on", "pk")

    def describe(reference: Reference) -> DueItem:
        day = _("check by %(day)s") % {"day": short_day(reference.recheck_on)}
        url = reverse("wagtailsnippets_core_reference:edit", args=(reference.pk,))
        return DueItem(str(reference), day, url, window.is_late(reference.recheck_on))

    return section_from_queryset("references", gettext_lazy("References to check again"), (*CLINICIANS, Role.EDITOR), due, describe)


def consent_section(window: DueWindow) -> DueSection:
    """Consents with photos that have expired or expire within the window. The code identifies them, never the patient."""
    due = (
        PhotoConsent.objects.filter(withdrawn_at=None, expires_on__lte=window.horizon, photos__isnull=False)
        .distinct()
        .order_by("expires_on", "pk")
    )

    def describe(consent: PhotoConsent) -> DueItem:
        day = _("holds until %(day)s") % {"day": short_day(consent.expires_on)}
        return DueItem(consent.code, day, reverse("consents:edit", args=(consent.pk,)), window.is_late(consent.expires_on))

    return section_from_queryset("consents", gettext_lazy("Photo consents that end"), EDITORS, due, describe)
