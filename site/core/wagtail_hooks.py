"""Wagtail hooks: the clinic's colors in the admin, and dates as its staff write them."""

from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def clinic_colors() -> str:
    """A stylesheet that overrides the admin's colors."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("insert_global_admin_js")
def dates_in_words() -> str:
    """What was typed as a date, in words with the day of the week. Not deferred, since the pickers are made while the page is read."""
    city = settings.TIME_ZONE.rpartition("/")[2].replace("_", " ")
    return format_html(
        '<script src="{}" data-zone="{}" data-unreadable="{}"></script>',
        static("js/dates.js"),
        _("in the clinic's time (%s)") % city,
        _("We cannot read this date. Write it like 12/31/2026, or choose it."),
    )
