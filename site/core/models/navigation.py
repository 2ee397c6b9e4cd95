"""The menus of the site, as staff arrange them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import register_setting

from core.blocks.links import FooterColumnBlock, LinkBlock
from core.fields import BlockStreamField
from core.models.settings import PreloadedSiteSetting


@register_setting(icon="list-ul", order=20)
class Navigation(PreloadedSiteSetting):
    """The main menu and the footer."""

    main_menu = BlockStreamField(
        [("link", LinkBlock())],
        blank=True,
        max_num=8,
        verbose_name=_("main menu"),
        help_text=_("At most eight links. The button that requests a consultation is always there."),
    )
    footer_columns = BlockStreamField(
        [("column", FooterColumnBlock())],
        blank=True,
        max_num=4,
        verbose_name=_("footer"),
        help_text=_("At most four columns of links."),
    )
    footer_note = models.CharField(
        _("last line of the footer"), max_length=240, blank=True, help_text=_("Plain text. At most 240 characters.")
    )

    panels = [FieldPanel("main_menu"), FieldPanel("footer_columns"), FieldPanel("footer_note")]

    class Meta:
        verbose_name = _("menus and footer")
