"""Photo consents in the admin: list and edit them, open the signed form, withdraw."""

from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from common.types import Extra, JSONObject
from images.models import PhotoConsent
from images.photo_consents import PhotosLeftError, places_of, withdraw_consent
from images.signals import signed_form_opened

WITHDRAW = "core.withdraw_photoconsent"
VIEW = "core.view_photoconsent"


@method_decorator(never_cache, name="dispatch")
class WithdrawView(View):
    """Withdraw a consent: confirm on GET, withdraw on POST, then list the pages where the photos were."""

    def dispatch(self, request: HttpRequest, *args: Extra, **kwargs: Extra) -> HttpResponseBase:
        if not request.user.has_perm(WITHDRAW):
            raise PermissionDenied
        self.consent = get_object_or_404(PhotoConsent, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        places = self.consent.ended_places if self.consent.withdrawn_at else places_of(self.consent)
        return self.show(places)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            places = withdraw_consent(self.consent, request.user)
        except PhotosLeftError as problem:
            messages.error(request, str(problem))
            places = []
        self.consent.refresh_from_db()
        return self.show(self.consent.ended_places or places)

    def show(self, places: list[JSONObject]) -> HttpResponse:
        context = {"consent": self.consent, "places": places, "photos": self.consent.photos.count()}
        return render(self.request, "admin/consents/withdraw.html", context)


@never_cache
def document(request: HttpRequest, pk: int) -> FileResponse:
    """The signed form as an attachment, so that the browser never renders an uploaded file."""
    if not request.user.has_perm(VIEW):
        raise PermissionDenied
    consent = get_object_or_404(PhotoConsent, pk=pk)
    if not consent.document:
        raise Http404
    signed_form_opened.send(PhotoConsent, consent=consent, user=request.user)
    suffix = Path(str(consent.document.name)).suffix
    return FileResponse(consent.document.open("rb"), as_attachment=True, filename=f"consent-{consent.pk}{suffix}")


class ConsentIndexView(generic.IndexView):
    """The list of consents, with buttons for the signed form and for withdrawing."""

    def get_list_more_buttons(self, instance: PhotoConsent) -> list[Button]:
        buttons = super().get_list_more_buttons(instance)
        if instance.document:
            buttons.append(
                Button(_("Signed form"), url=reverse("consents:document", args=(instance.pk,)), icon_name="download", priority=20)
            )
        if self.request.user.has_perm(WITHDRAW):
            label = _("Where it stood") if instance.withdrawn_at else _("Withdraw")
            buttons.append(Button(label, url=reverse("consents:withdraw", args=(instance.pk,)), icon_name="cross", priority=30))
        return buttons


class ConsentViewSet(ModelViewSet):
    """Consents under /admin/consents/."""

    model = PhotoConsent
    name = "consents"
    url_prefix = "consents"
    icon = "user"
    menu_label = gettext_lazy("Photo consents")
    menu_order = 220
    add_to_admin_menu = True
    index_view_class = ConsentIndexView
    list_display = ("code", "scope", "given_on", "expires_on", "state")
    list_filter = ("scope",)
    search_fields = ("code",)
    panels = [
        MultiFieldPanel([FieldPanel("code"), FieldPanel("scope")], heading=gettext_lazy("Who and what")),
        MultiFieldPanel([FieldRowPanel([FieldPanel("given_on"), FieldPanel("expires_on")])], heading=gettext_lazy("From when to when")),
        MultiFieldPanel(
            [HelpPanel(template="admin/consents/signed_form.html"), FieldPanel("document")], heading=gettext_lazy("Signed form")
        ),
        FieldPanel("note"),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/withdraw/", require_admin_access(WithdrawView.as_view()), name="withdraw"),
            path("<int:pk>/document/", require_admin_access(document), name="document"),
        ]
