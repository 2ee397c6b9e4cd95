"""Mail about requests. It says only that there is something to read."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django_tasks import task

from consultations.choices import Status

#: Written out, because the worker may run without the admin's addresses.
INBOX_PATH = "/admin/consultations/"


@task(backend="mail", queue_name="mail")
def announce_request() -> int:
    """Tell the front desk that a request waits, and return how many people were told.

    Takes no argument, so that no task row can ever hold what a patient wrote.
    """
    from consultations.models import ConsultationRequest

    readers = get_user_model().objects.with_perm(
        "consultations.view_consultationrequest", include_superusers=False, backend="django.contrib.auth.backends.ModelBackend"
    )
    addresses = [user.email for user in readers if user.email and user.is_active]
    if not addresses:
        return 0
    context = {
        "waiting": ConsultationRequest.objects.filter(status=Status.NEW).count(),
        "inbox_url": f"{settings.WAGTAILADMIN_BASE_URL}{INBOX_PATH}",
    }
    for address in addresses:
        send_mail(_("A consultation request waits for you"), render_to_string("email/request_waiting.txt", context), None, [address])
    return len(addresses)
