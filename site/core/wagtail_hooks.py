"""The admin in the clinic's name."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def clinic_colours() -> str:
    """The clinic's colours over Wagtail's."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))
