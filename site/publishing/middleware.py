"""Shows staff why the gate refused a save, where no form can show it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin

from publishing.errors import EditorialRuleError


class EditorialRuleMiddleware(MiddlewareMixin):
    """Turns an `EditorialRuleError` in the admin into messages and a redirect. Nothing was published."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, EditorialRuleError) or not request.path_info.startswith("/admin/"):
            return None
        for message in exception.messages:
            messages.error(request, message)
        page = exception.page
        if page is not None and page.pk and page.permissions_for_user(request.user).can_edit():
            return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=(page.pk,)))
        return HttpResponseRedirect(reverse("wagtailadmin_home"))
