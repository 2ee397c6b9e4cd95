"""Aftercare by day: what is normal after a treatment, what is not, and whom to call then. Patients print it."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.search import index

from core.fields import BlockStreamField, PlainTextField
from core.models.pages import BasePage, FixedAddressMixin, Section
from review.models.pages import MedicalMixin
from treatments.blocks import AftercareDaysBlock


class AftercarePage(MedicalMixin, FixedAddressMixin, BasePage):
    """What to expect and to do on each day after one treatment. It stands below the page of the treatment."""

    fixed_slug = "aftercare"
    introduction = PlainTextField(_("before you start"), blank=True)
    days = BlockStreamField(AftercareDaysBlock(), verbose_name=_("days"))
    call_us = PlainTextField(_("call us today"), help_text=_("Signs with which a patient should phone you, at any hour that you give."))
    call_emergency = PlainTextField(_("call 911"), help_text=_("Signs that cannot wait for you."))
    next_visit = models.CharField(
        _("next visit"), max_length=160, blank=True, help_text=_("Such as: we see you again after four to six weeks.")
    )

    template = "pages/aftercare_page.html"
    parent_page_types = ["treatments.TreatmentPage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    kind_label = _("Aftercare")
    select_related_on_route = ("author", "approval__clinician")
    content_panels = [
        *MedicalMixin.review_panels,
        *BasePage.content_panels,
        FieldPanel("author"),
        FieldPanel("introduction"),
        FieldPanel("days"),
        FieldRowPanel([FieldPanel("call_us"), FieldPanel("call_emergency")]),
        FieldPanel("next_visit"),
    ]
    search_fields = [
        *BasePage.search_fields,
        *(index.SearchField(name) for name in ("introduction", "days", "call_us", "call_emergency")),
    ]

    class Meta:
        verbose_name = _("aftercare page")

    def clean(self) -> None:
        super().clean()
        if self.days is not None and not len(self.days):
            raise ValidationError({"days": _("Add at least one day.")})

    @cached_property
    def treatment(self) -> BasePage:
        """The treatment that this page is about."""
        return self.get_parent().specific

    def sections(self) -> Iterator[Section]:
        """The sections of the page, in order."""
        yield Section("call", gettext("When to call"), True, "sections/aftercare_calls.html")
        yield Section("days", gettext("Day by day"), bool(self.days), "sections/aftercare_days.html")
