"""Wagtail hooks: the review's menu, the editor's actions, and messages where publishing is refused."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem, PublishMenuItem, WorkflowMenuItem
from wagtail.admin.userbar import BaseItem, ContentCheckerItem
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page, get_page_models

from common.types import Context, SpecificPage
from publishing.gate import publish_blockers_of
from review.preview import ContentRulesChecker
from review.viewset import ReviewActionItem, ReviewViewSet


@hooks.register("register_admin_viewset")
def reviews() -> ReviewViewSet:
    return ReviewViewSet()


def page_model_to_create(request: HttpRequest) -> type[Page] | None:
    """The model of the page that is being created, from the URL of the editor. None for other URLs."""
    kwargs = request.resolver_match.kwargs if request.resolver_match else {}
    name = kwargs.get("content_type_app_name"), kwargs.get("content_type_model_name")
    return next((model for model in get_page_models() if (model._meta.app_label, model._meta.model_name) == name), None)


@hooks.register("construct_page_action_menu")
def adapt_action_menu(menu_items: list[ActionMenuItem], request: HttpRequest, context: Context) -> None:
    """Remove the publish action where the gate would refuse, and replace Wagtail's workflow actions by a link to the review screen."""
    page = context.get("page")
    if not getattr(type(page) if page is not None else page_model_to_create(request), "needs_approval", False):
        return
    if page is None or page.pk is None or publish_blockers_of(page):
        menu_items[:] = [item for item in menu_items if not isinstance(item, PublishMenuItem)]
    if any(isinstance(item, WorkflowMenuItem) for item in menu_items):
        menu_items[:] = [item for item in menu_items if not isinstance(item, WorkflowMenuItem)]
        menu_items.insert(0, ReviewActionItem(order=0))


def drafts_with_blockers(pages: Iterable[Page]) -> list[SpecificPage]:
    """The latest drafts of these pages, those which the gate would refuse to publish."""
    drafts = [page.specific.get_latest_revision_as_object() for page in pages]
    return [draft for draft in drafts if publish_blockers_of(draft)]


@hooks.register("before_bulk_action")
def explain_bulk_publishing(request: HttpRequest, action_type: str, objects: Iterable[Page], action: BulkAction) -> HttpResponse | None:
    """Stop a bulk action that would publish pages without approval, with a message that names them."""
    if action_type != "publish":
        return None
    with_descendants = action.get_execution_context().get("include_descendants")
    pages = [page for root in objects for page in ([root, *root.get_descendants()] if with_descendants else [root])]
    if not (refused := drafts_with_blockers(pages)):
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
    """Refuse to publish a copy of a medical page together with the copying: a copy needs an approval of its own."""
    if request.method != "POST" or not request.POST.get("publish_copies") or request.POST.get("alias"):
        return None
    copied = [page, *page.get_descendants()] if request.POST.get("copy_subpages") else [page]
    if not any(getattr(source.specific_class, "needs_approval", False) for source in copied):
        return None
    messages.error(
        request, _("A copy of a medical page starts as a draft, and a clinician approves it. Copy it without publishing the copies.")
    )
    return redirect("wagtailadmin_pages:copy", page.pk)


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """Labels of the review's log actions in the history of a page."""
    actions.register_action("core.publish_refused", gettext_lazy("Not published"), gettext_lazy("Not published: no approval of this text"))
    actions.register_action("core.withdraw_consent", gettext_lazy("Consent withdrawn"), gettext_lazy("Consent withdrawn, photos deleted"))


@hooks.register("construct_wagtail_userbar")
def check_words(request: HttpRequest, items: list[BaseItem], page: Page | None) -> None:
    """Add the clinic's word rules to Wagtail's own checks."""
    for index, item in enumerate(items):
        if isinstance(item, ContentCheckerItem) and getattr(page, "needs_approval", False):
            items[index] = ContentRulesChecker(in_editor=item.in_editor)
