"""A page of free text, such as privacy or accessibility."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from core.fields import BlockStreamField
from core.models.pages import BasePage, BodyMixin
from home.blocks.information import InformationBodyBlock
from home.models.notices import LegalNoticeKind


class StandardPage(BodyMixin, BasePage):
    """A page of free text. It may be one of the legal notices that the clinic must publish."""

    notice = models.CharField(
        _("is the notice on"),
        max_length=24,
        choices=LegalNoticeKind.choices,
        blank=True,
        help_text=_("Only for pages that the law asks for. “What is due” says which are missing, unlinked or out of date."),
    )
    check_again_on = models.DateField(
        _("check again on"), null=True, blank=True, help_text=_("When somebody should look whether this notice still is right.")
    )

    body = BlockStreamField(InformationBodyBlock(), blank=True, verbose_name=_("text"))

    template = "pages/standard_page.html"
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    kind_label = _("Information")
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("body"),
        MultiFieldPanel([FieldRowPanel([FieldPanel("notice"), FieldPanel("check_again_on")])], heading=_("Notice")),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("standard page")

    def clean(self) -> None:
        super().clean()
        if self.notice and not self.check_again_on:
            raise ValidationError({"check_again_on": _("Say when to look at this notice again.")})
