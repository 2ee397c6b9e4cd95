"""The list of requests, one request, and its photographs."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.generic import View
from wagtail.admin.auth import permission_denied
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic

from consultations.choices import Status
from consultations.intake import CONTACT_FIELDS
from consultations.keys import KeyProblem
from consultations.models import ConsultationRequest, SealedPhoto
from consultations.sealing import CannotOpen
from core.phones import format_phone

never_store = method_decorator(cache_control(private=True, no_store=True), name="dispatch")

VIEW_PERMISSION = "consultations.view_consultationrequest"
CHANGE_PERMISSION = "consultations.change_consultationrequest"


def patient_name(request: ConsultationRequest) -> str:
    """The name as the patient gave it, or a word of why it cannot be read. One damaged request never stops the list."""
    try:
        return str(request.contact()["name"])
    except (CannotOpen, KeyProblem):
        return _("Cannot be opened")


@never_store
class InboxView(generic.IndexView):
    """All requests, new ones first."""

    model = ConsultationRequest
    page_title = gettext_lazy("Consultation requests")
    header_icon = "mail"
    paginate_by = 25
    any_permission_required = ["view"]
    is_searchable = False
    default_ordering = "-received_at"
    template_name = "admin/consultations/inbox.html"

    columns = [
        TitleColumn(
            "name",
            label=gettext_lazy("Patient"),
            accessor=patient_name,
            get_url=lambda request: reverse("consultations:request", args=[request.pk]),
        ),
        Column("reference", label=gettext_lazy("Reference")),
        StatusTagColumn(
            "status", label=gettext_lazy("Status"), accessor="get_status_display", primary=lambda request: request.status == Status.NEW
        ),
        DateColumn("received_at", label=gettext_lazy("Received"), width="20%"),
    ]

    def get_base_queryset(self) -> Any:
        queryset = ConsultationRequest.objects.all()
        status = self.request.GET.get("status", "")
        return queryset.filter(status=status) if status in Status.values else queryset

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(*args, **kwargs),
            "statuses": Status.choices,
            "chosen_status": self.request.GET.get("status", ""),
        }


@never_store
class RequestView(View):
    """One request, opened, with its status to set."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        wanted = CHANGE_PERMISSION if request.method == "POST" else VIEW_PERMISSION
        if not request.user.has_perm(wanted):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        stored = get_object_or_404(ConsultationRequest.objects.prefetch_related("photos"), pk=pk)
        context: dict[str, Any] = {"stored": stored, "statuses": Status.choices, "may_change": request.user.has_perm(CHANGE_PERMISSION)}
        try:
            key = stored.request_key()
            contact = stored.contact(key)
            answers = [answer for answer in stored.answers(key) if answer["name"] not in CONTACT_FIELDS]
            context.update(contact=contact, phone_display=format_phone(contact["phone"]), answers=answers)
        except (CannotOpen, KeyProblem):
            context["cannot_open"] = True
        return render(request, "admin/consultations/request.html", context)

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        stored = get_object_or_404(ConsultationRequest, pk=pk)
        status = request.POST.get("status", "")
        if status not in Status.values:
            messages.error(request, _("Choose one of the states."))
        else:
            stored.set_status(Status(status))
            messages.success(
                request,
                _("Request %(reference)s is now: %(status)s.") % {"reference": stored.reference, "status": stored.get_status_display()},
            )
        return redirect("consultations:request", pk=stored.pk)


@never_store
class PhotoView(View):
    """One photograph of a request, opened for this response only."""

    def get(self, request: HttpRequest, pk: Any, position: int) -> HttpResponse:
        if not request.user.has_perm(VIEW_PERMISSION):
            raise PermissionDenied
        photo = get_object_or_404(SealedPhoto.objects.select_related("request"), request_id=pk, position=position)
        try:
            content = photo.open_image(photo.request.request_key())
        except (CannotOpen, KeyProblem, FileNotFoundError) as problem:
            raise Http404 from problem
        response = HttpResponse(content, content_type="image/jpeg")
        response.headers["Content-Disposition"] = f'inline; filename="{photo.request.reference}-{position}.jpg"'
        return response
