"""What this floor watches: reviews of medical pages, references, consents."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from core.models import MedicalMixin, PhotoConsent, Reference
from core.models.approvals import ApprovalKind
from core.models.tasks import ClinicianApprovalTask
from core.review.due import MOST_SHOWN, Clock, Item, Section, section_of, short_day
from core.roles import Role

CLINICIANS = (Role.CLINICIAN,)
EDITORS = (Role.EDITOR, Role.SITE_MANAGER)


def medical_models() -> list[type[Any]]:
    """Every type of medical page."""

    def concrete(model: Any) -> list[Any]:
        own = [] if model._meta.abstract else [model]
        return [*own, *(found for child in model.__subclasses__() for found in concrete(child))]

    return concrete(MedicalMixin)


def edit_address(page_id: int) -> str:
    return reverse("wagtailadmin_pages:edit", args=(page_id,))


def sections(clock: Clock) -> list[Section]:
    """Reviews first: they concern what readers rely on."""
    return [waiting(), reviews(clock), unreviewed(), references(clock), consents(clock)]


def waiting() -> Section:
    """Submitted, and not yet handled."""
    states = ClinicianApprovalTask.waiting().select_related("revision", "workflow_state")

    def describe(state: Any) -> Item:
        since = _("waits since %(day)s") % {"day": short_day(state.started_at)}
        return Item(state.revision.object_str, since, edit_address(int(state.workflow_state.object_id)))

    return section_of("waiting", gettext_lazy("Waiting for a clinician"), CLINICIANS, states, describe)


def reviews(clock: Clock) -> Section:
    """Live medical pages whose day for review is past or near, the longest overdue first."""
    rows = []
    for model in medical_models():
        due = model._default_manager.filter(live=True, approval__review_on__lte=clock.horizon).order_by("approval__review_on")
        rows += list(due.values_list("approval__review_on", "pk", "title"))
    rows.sort()
    items = [
        Item(title, _("review by %(day)s") % {"day": short_day(day)}, edit_address(pk), clock.is_late(day))
        for day, pk, title in rows[:MOST_SHOWN]
    ]
    return Section("reviews", gettext_lazy("Pages to review again"), (*CLINICIANS, *EDITORS), items, len(rows))


def unreviewed() -> Section:
    """Live medical pages behind which no clinician stands: the sample clinic's, until they are replaced."""
    unreviewed: Any = Page.objects.none()
    for model in medical_models():
        pages = model._default_manager.filter(live=True).exclude(approval__kind__in=(ApprovalKind.REVIEW, ApprovalKind.SMALL_EDIT))
        unreviewed = unreviewed | Page.objects.filter(pk__in=pages.values("pk"))
    return section_of(
        "unreviewed", gettext_lazy("Live, but reviewed by nobody"), CLINICIANS, unreviewed.order_by("path"),
        lambda page: Item(page.title, _("sample content"), edit_address(page.pk)),
    )  # fmt: skip


def references(clock: Clock) -> Section:
    """Works that somebody wanted to look at again."""
    due = Reference.objects.filter(recheck_on__lte=clock.horizon).order_by("recheck_on", "pk")

    def describe(work: Reference) -> Item:
        day = _("check by %(day)s") % {"day": short_day(work.recheck_on)}
        return Item(str(work), day, reverse("wagtailsnippets_core_reference:edit", args=(work.pk,)), clock.is_late(work.recheck_on))

    return section_of("references", gettext_lazy("References to check again"), (*CLINICIANS, Role.EDITOR), due, describe)


def consents(clock: Clock) -> Section:
    """Consents that end soon, or ended, and still have photographs. They are named by their code alone."""
    due = (
        PhotoConsent.objects.filter(withdrawn_at=None, expires_on__lte=clock.horizon, photos__isnull=False)
        .distinct()
        .order_by("expires_on", "pk")
    )

    def describe(consent: PhotoConsent) -> Item:
        day = _("holds until %(day)s") % {"day": short_day(consent.expires_on)}
        return Item(consent.code, day, reverse("consents:edit", args=(consent.pk,)), clock.is_late(consent.expires_on))

    return section_of("consents", gettext_lazy("Photo consents that end"), EDITORS, due, describe)
