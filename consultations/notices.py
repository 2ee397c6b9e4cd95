"""Sending the mails that wait: each once, though a worker may be killed at any moment.

A worker claims a notice by moving its next try into the future, sends, and stamps it as sent. If it dies in
between, the claim runs out and the notice is taken up again. Between the mail server's answer and the stamp
lies a moment in which a crash makes a mail go out twice; both carry the same Message-ID, so that mail
programs, and the folder that takes mail during development, keep one.
"""

import datetime as dt
import logging
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import record
from consultations.choices import Action, NoticeKind, Status
from consultations.keys import KeyProblem, private_keys
from consultations.models import ConsultationRequest, Notice
from consultations.sealing import CannotOpen
from core.mail import designed_mail
from core.models import ClinicDetails

logger = logging.getLogger(__name__)

#: Longer than a mail server may take, so that no two workers send the same.
CLAIM = dt.timedelta(seconds=3 * settings.EMAIL_TIMEOUT)
FIRST_DELAY, LONGEST_DELAY = dt.timedelta(seconds=30), dt.timedelta(hours=6)
AT_ONCE = 100
#: About three days with the delays above.
MOST_ATTEMPTS = 20
#: Written out, because a process that sends mail may have no admin addresses.
INBOX_PATH = "/admin/consultations/"
READ_PERMISSION = "consultations.view_consultationrequest"


def waiting() -> QuerySet[Notice]:
    """Notices that are due now, the oldest first."""
    return Notice.objects.filter(sent_at=None, gave_up_at=None, next_try_at__lte=timezone.now()).order_by("next_try_at")


def send_waiting() -> int:
    """Send all that is due and return how many mails went out."""
    sent = 0
    # Every claim moves a notice out of what is due, so this ends.
    while batch := list(waiting().select_related("request", "recipient")[:AT_ONCE]):
        for notice in batch:
            claimed = Notice.objects.filter(pk=notice.pk, sent_at=None, next_try_at=notice.next_try_at)
            if claimed.update(next_try_at=timezone.now() + CLAIM, attempts=notice.attempts + 1):
                notice.attempts += 1
                sent += deliver(notice)
    return sent


def deliver(notice: Notice) -> int:
    """Send one claimed notice, or make one for each member of staff out of it. Returns the number of mails sent."""
    if notice.kind != NoticeKind.PATIENT and notice.recipient is None:
        fan_out(notice)
        return 0
    try:
        message = mail_to_patient(notice) if notice.kind == NoticeKind.PATIENT else mail_to_staff(notice)
        message.extra_headers["Message-ID"] = f"<{notice.pk}@{settings.BASE_URL.split('//')[-1].split(':')[0]}>"
        message.send()
    except (CannotOpen, KeyProblem, SMTPRecipientsRefused) as problem:
        if isinstance(problem, CannotOpen) and private_keys():
            record.write(Action.CANNOT_OPEN, record.SITE, notice.request, "acknowledgement")
        put_off(notice, for_good=isinstance(problem, SMTPRecipientsRefused) or (isinstance(problem, CannotOpen) and bool(private_keys())))
        return 0
    except (OSError, SMTPResponseException):
        put_off(notice)
        return 0
    except Exception:
        # Such as an address that no mail program can encode. It must not hold up everybody else's mail.
        logger.exception("a notice cannot be made into a mail")
        put_off(notice, for_good=True)
        return 0
    Notice.objects.filter(pk=notice.pk).update(sent_at=timezone.now())
    return 1


def put_off(notice: Notice, for_good: bool = False) -> None:
    """Try again later, each time later still, and at last no more."""
    if for_good or notice.attempts >= MOST_ATTEMPTS:
        logger.error("a notice could not be sent and was given up")
        Notice.objects.filter(pk=notice.pk).update(gave_up_at=timezone.now())
        return
    delay = min(FIRST_DELAY * 2 ** (notice.attempts - 1), LONGEST_DELAY)
    logger.warning("a notice could not be sent; attempt %s", notice.attempts)
    Notice.objects.filter(pk=notice.pk).update(next_try_at=timezone.now() + delay)


@transaction.atomic
def fan_out(notice: Notice) -> None:
    """One notice for each active member of staff who may read requests and has an address."""
    readers = get_user_model().objects.with_perm(
        READ_PERMISSION, include_superusers=False, backend="django.contrib.auth.backends.ModelBackend"
    )
    done = Notice.objects.filter(pk=notice.pk, sent_at=None).update(sent_at=timezone.now())
    if done:
        Notice.objects.bulk_create(
            Notice(request_id=notice.request_id, kind=notice.kind, recipient=user)
            for user in readers.filter(is_active=True).exclude(email="")
        )


def mail_to_staff(notice: Notice) -> EmailMessage:
    """Says only that there is something to read."""
    context = {
        "is_message": notice.kind == NoticeKind.MESSAGE,
        "waiting": ConsultationRequest.objects.filter(status=Status.NEW)[:1000].count(),
        "inbox_url": f"{settings.WAGTAILADMIN_BASE_URL}{INBOX_PATH}",
    }
    subject = _("A patient added a message") if context["is_message"] else _("A consultation request waits for you")
    return designed_mail(subject, "request_waiting", context, to=[notice.recipient.email])  # type: ignore[union-attr]


def mail_to_patient(notice: Notice) -> EmailMessage:
    """Says that the request arrived, and nothing of what it holds. The address stands on the envelope only."""
    clinic = ClinicDetails.objects.select_related("site").order_by("-site__is_default_site").first() or ClinicDetails()
    context = {"reference": notice.request.reference, "clinic": clinic, "receipt_url": f"{settings.BASE_URL}/consultation/receipt/"}
    return designed_mail(
        _("We have your message"),
        "request_received",
        context,
        bcc=[notice.request.contact()["email"]],
        headers={"To": "undisclosed-recipients:;"},
    )
