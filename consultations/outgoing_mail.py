"""Sending the queued mails, each once, even if a worker is killed at any moment.

A worker claims a mail by moving its next try into the future, sends it, and marks it as sent. If the worker dies
before that, the claim expires and another worker sends the mail. A crash between the mail server's reply and the
mark sends a mail twice. Both copies have the same Message-ID, so that mail programs, and the folder that stores
mail during development, keep only one.
"""

import datetime as dt
import logging
import uuid
from email.utils import formataddr, parseaddr
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import OperationalError, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from common.mail import templated_mail
from consultations import access_log
from consultations.choices import Action, MailKind, Status
from consultations.models import ConsultationRequest, OutgoingMail
from core.models import ClinicDetails
from sealing.errors import CannotOpenError, SealingKeyError
from sealing.keys import private_keys

logger = logging.getLogger(__name__)

#: Longer than a mail server may take, so that no two workers send the same mail.
CLAIM_DURATION = dt.timedelta(seconds=3 * settings.EMAIL_TIMEOUT)
FIRST_DELAY, MAX_DELAY = dt.timedelta(seconds=30), dt.timedelta(hours=6)
BATCH_SIZE = 100
#: Between two mails to staff about messages of one request.
STAFF_MAIL_PAUSE = dt.timedelta(minutes=5)
#: About three days with the delays above.
MAX_ATTEMPTS = 20
READ_PERMISSION = "consultations.view_consultationrequest"


def pending() -> QuerySet[OutgoingMail]:
    """Mails that are due now, the oldest first."""
    return OutgoingMail.objects.filter(sent_at=None, gave_up_at=None, next_try_at__lte=timezone.now()).order_by("next_try_at")


def send_pending() -> int:
    """Send all mails that are due and return how many were sent."""
    sent = 0
    seen: list[uuid.UUID] = []
    while batch := list(pending().exclude(pk__in=seen).select_related("request", "recipient")[:BATCH_SIZE]):
        for mail in batch:
            seen.append(mail.pk)
            try:
                sent += deliver(mail) if claim(mail) else 0
            except OperationalError:
                # Another transaction holds the row, or what it belongs to. The mail is tried again when the claim expires.
                logger.warning("a mail is held by another transaction")
    return sent


@transaction.atomic
def claim(mail: OutgoingMail) -> bool:
    """Move the next try of a mail into the future. Whether it was this process that did: a row that somebody holds is left alone."""
    free = OutgoingMail.objects.select_for_update(skip_locked=True).filter(pk=mail.pk, sent_at=None, next_try_at=mail.next_try_at)
    if not free.values_list("pk"):
        return False
    mail.attempts = min(mail.attempts, MAX_ATTEMPTS) + 1
    claimed = OutgoingMail.objects.filter(pk=mail.pk, sent_at=None, next_try_at=mail.next_try_at)
    return bool(claimed.update(next_try_at=timezone.now() + CLAIM_DURATION, attempts=mail.attempts))


def deliver(mail: OutgoingMail) -> int:
    """Send one claimed mail, or replace it by one for each member of staff. Returns the number of mails sent."""
    if mail.recipient is None and is_repeated(mail):
        OutgoingMail.objects.filter(pk=mail.pk).update(gave_up_at=timezone.now())
        return 0
    if mail.kind != MailKind.PATIENT and mail.recipient is None:
        fan_out(mail)
        return 0
    try:
        message = mail_to_patient(mail) if mail.kind == MailKind.PATIENT else mail_to_staff(mail)
        message.extra_headers["Message-ID"] = f"<{mail.pk}@{settings.BASE_URL.split('//')[-1].split(':')[0]}>"
        message.send()
    except (CannotOpenError, SealingKeyError, SMTPRecipientsRefused) as problem:
        if isinstance(problem, CannotOpenError) and private_keys():
            access_log.write(Action.CANNOT_OPEN, access_log.SITE, mail.request, "acknowledgement")
        is_sealed_for_good = isinstance(problem, CannotOpenError) and bool(private_keys())
        retry_later(mail, give_up=is_sealed_for_good or (isinstance(problem, SMTPRecipientsRefused) and is_permanent(problem)))
        return 0
    except (OSError, SMTPResponseException):
        retry_later(mail)
        return 0
    except Exception:
        # For example an address that cannot be encoded. One such mail must not block the rest of the queue.
        logger.exception("a mail cannot be composed")
        retry_later(mail, give_up=True)
        return 0
    OutgoingMail.objects.filter(pk=mail.pk).update(sent_at=timezone.now())
    return 1


def is_permanent(problem: SMTPRecipientsRefused) -> bool:
    """Whether a refusal is for good (5xx). A full or a busy mailbox (4xx), or a server that does not know a new sender yet, is not."""
    return all(code >= 500 for code, _text in problem.recipients.values())


def is_repeated(mail: OutgoingMail) -> bool:
    """Whether a mail of this kind about this request was sent: to the patient ever, to staff within the last minutes.

    A public process queues mails, and whoever took one over must not flood a mailbox with it.
    """
    earlier = OutgoingMail.objects.filter(request_id=mail.request_id, kind=mail.kind, sent_at__isnull=False).exclude(pk=mail.pk)
    return earlier.exists() if mail.kind == MailKind.PATIENT else earlier.filter(sent_at__gt=timezone.now() - STAFF_MAIL_PAUSE).exists()


def retry_later(mail: OutgoingMail, give_up: bool = False) -> None:
    """Schedule a retry with exponential backoff. Give up if `give_up` is set, or after `MAX_ATTEMPTS`."""
    if give_up or mail.attempts >= MAX_ATTEMPTS:
        logger.error("a mail could not be sent and was given up")
        OutgoingMail.objects.filter(pk=mail.pk).update(gave_up_at=timezone.now())
        return
    delay = min(FIRST_DELAY * 2 ** (mail.attempts - 1), MAX_DELAY)
    logger.warning("a mail could not be sent; attempt %s", mail.attempts)
    OutgoingMail.objects.filter(pk=mail.pk).update(next_try_at=timezone.now() + delay)


@transaction.atomic
def fan_out(mail: OutgoingMail) -> None:
    """Queue a mail for each active member of staff who may read requests and has an e-mail address."""
    readers = get_user_model().objects.with_perm(
        READ_PERMISSION, include_superusers=False, backend="django.contrib.auth.backends.ModelBackend"
    )
    is_first = OutgoingMail.objects.filter(pk=mail.pk, sent_at=None).update(sent_at=timezone.now())
    if is_first:
        OutgoingMail.objects.bulk_create(
            OutgoingMail(request_id=mail.request_id, kind=mail.kind, recipient=user)
            for user in readers.filter(is_active=True).exclude(email="")
        )


def clinic_details() -> ClinicDetails:
    """The clinic's details, for mails, which belong to no page."""
    return ClinicDetails.objects.select_related("site").order_by("-site__is_default_site").first() or ClinicDetails()


def sender(clinic: ClinicDetails) -> str:
    """The address that the server sends from, under the name that staff gave the clinic."""
    return formataddr((" ".join(clinic.clinic_name.split()), parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


def mail_to_staff(mail: OutgoingMail) -> EmailMessage:
    """The mail to staff. It says only that there is something to read."""
    context = {
        "is_message": mail.kind == MailKind.MESSAGE,
        "waiting": ConsultationRequest.objects.filter(status=Status.NEW)[:1000].count(),
        "first": ConsultationRequest.objects.filter(waits_first=True)[:1000].count(),
        "inbox_url": f"{settings.WAGTAILADMIN_BASE_URL}{reverse('consultations:index')}",
    }
    subject = _("A patient added a message") if context["is_message"] else _("A consultation request waits for you")
    to = [mail.recipient.email]  # type: ignore[union-attr]
    return templated_mail(subject, "request_waiting", context, to=to, from_email=sender(clinic_details()))


def mail_to_patient(mail: OutgoingMail) -> EmailMessage:
    """The mail to the patient. It says that the request arrived, without its content. The address is in the SMTP envelope only."""
    clinic = clinic_details()
    context = {
        "reference": mail.request.reference,
        "clinic": clinic,
        "receipt_url": f"{settings.BASE_URL}{reverse('consultation:receipt')}",
    }
    return templated_mail(
        _("We have your message"),
        "request_received",
        context,
        bcc=[mail.request.contact()["email"]],
        from_email=sender(clinic),
        headers={"To": "undisclosed-recipients:;"},
    )
