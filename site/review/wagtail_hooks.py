"""The review within Wagtail's own screens: its menu, the editor's buttons, and friendly words where publishing is refused."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import PublishMenuItem, WorkflowMenuItem
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.models import Page, get_page_models

from publishing.gate import publish_blockers_of
from review.preview import ContentRulesChecker
from review.viewset import ReviewActionItem, ReviewViewSet


@hooks.register("register_admin_viewset")
def reviews() -> ReviewViewSet:
    return ReviewViewSet()


def type_to_create(request: HttpRequest) -> type[Page] | None:
    """The type of the page that is being made, by the address of the editor."""
    kwargs = request.resolver_match.kwargs if request.resolver_match else {}
    name = kwargs.get("content_type_app_name"), kwargs.get("content_type_model_name")
    return next((model for model in get_page_models() if (model._meta.app_label, model._meta.model_name) == name), None)


@hooks.register("construct_page_action_menu")
def offer_what_is_possible(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Offer publishing only where it would succeed, and reviewing on the page made for it."""
    page = context.get("page")
    if not getattr(type(page) if page is not None else type_to_create(request), "needs_approval", False):
        return
    if page is None or page.pk is None or publish_blockers_of(page):
        menu_items[:] = [item for item in menu_items if not isinstance(item, PublishMenuItem)]
    if any(isinstance(item, WorkflowMenuItem) for item in menu_items):
        menu_items[:] = [item for item in menu_items if not isinstance(item, WorkflowMenuItem)]
        menu_items.insert(0, ReviewActionItem(order=0))


def not_approved(pages: Any) -> list[Any]:
    """Those of these pages that the gate would refuse as they are now."""
    drafts = [page.specific.get_latest_revision_as_object() for page in pages]
    return [draft for draft in drafts if publish_blockers_of(draft)]


@hooks.register("before_bulk_action")
def explain_bulk_publishing(request: HttpRequest, action_type: str, objects: Any, action: Any) -> HttpResponse | None:
    """Publishing many pages at once: those without approval are named, and nothing is published."""
    if action_type != "publish":
        return None
    with_descendants = action.get_execution_context().get("include_descendants")
    pages = [page for chosen in objects for page in ([chosen, *chosen.get_descendants()] if with_descendants else [chosen])]
    if not (refused := not_approved(pages)):
        return None
    titles = ", ".join(f"“{page.get_admin_display_title()}”" for page in refused[:5])
    text = ngettext(
        "%(titles)s needs a clinician's approval first. Nothing was published.",
        "%(titles)s need a clinician's approval first. Nothing was published.",
        len(refused),
    )
    messages.error(request, text % {"titles": titles + (" …" if len(refused) > 5 else "")})
    parent = refused[0].get_parent()
    return redirect("wagtailadmin_explore", parent.pk)


@hooks.register("before_copy_page")
def explain_published_copies(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A copy of a medical page is a new text, so it starts as a draft."""
    if request.method != "POST" or not request.POST.get("publish_copies") or request.POST.get("alias"):
        return None
    copied = [page, *page.get_descendants()] if request.POST.get("copy_subpages") else [page]
    if not any(getattr(other.specific_class, "needs_approval", False) for other in copied):
        return None
    messages.error(
        request, _("A copy of a medical page starts as a draft, and a clinician approves it. Copy it without publishing the copies.")
    )
    return redirect("wagtailadmin_pages:copy", page.pk)


@hooks.register("register_log_actions")
def history(actions: Any) -> None:
    """What the history of a page calls the review's own events."""
    actions.register_action("core.publish_refused", gettext_lazy("Not published"), gettext_lazy("Not published: no approval of this text"))
    actions.register_action("core.withdraw_consent", gettext_lazy("Consent withdrawn"), gettext_lazy("Consent withdrawn, photos deleted"))


@hooks.register("construct_wagtail_userbar")
def check_words(request: HttpRequest, items: list[Any], page: Any) -> None:
    """The clinic's list of words joins Wagtail's own checks."""
    for number, item in enumerate(items):
        if isinstance(item, ContentCheckerItem) and getattr(page, "needs_approval", False):
            items[number] = ContentRulesChecker(in_editor=item.in_editor)
