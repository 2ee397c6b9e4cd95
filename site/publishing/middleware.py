"""What staff see where the gate refuses a save and no form can say so."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin

from publishing.errors import EditorialRuleError


class EditorialRuleMiddleware(MiddlewareMixin):
    """Turns a refusal inside the admin into messages: staff read why, and nothing was published."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, EditorialRuleError) or not request.path_info.startswith("/admin/"):
            return None
        for message in exception.messages:
            messages.error(request, message)
        page = exception.page
        if page is not None and page.pk and page.permissions_for_user(request.user).can_edit():
            return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=(page.pk,)))
        return HttpResponseRedirect(reverse("wagtailadmin_home"))
