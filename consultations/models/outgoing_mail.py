"""The queue of outgoing mails. It is a table, so that a mail is queued in the transaction that causes it."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.choices import MailKind
from consultations.models.request import ConsultationRequest


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    """Queries over the queue."""

    def undelivered_to_patient(self) -> "OutgoingMailQuerySet":
        """Mails to patients that were given up, of requests to which none was sent. A mail that would repeat another is given up too."""
        sent = OutgoingMail.objects.filter(request=models.OuterRef("request"), kind=MailKind.PATIENT, sent_at__isnull=False)
        return self.filter(~models.Exists(sent), kind=MailKind.PATIENT, gave_up_at__isnull=False)


class OutgoingMail(models.Model):
    """One mail to one person. It stores no address and nothing that a patient wrote."""

    #: Part of the Message-ID, so that mail programs recognize a mail that was sent twice after a crash.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(ConsultationRequest, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(_("kind"), max_length=12, choices=MailKind.choices)
    #: Empty for a mail to the patient, and for a mail to staff until the worker has created one for each member.
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    #: Also when a worker's claim expires, so that another worker sends the mail of one that was killed.
    next_try_at = models.DateTimeField(_("next try"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    gave_up_at = models.DateTimeField(_("given up"), null=True, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        db_table = "consultations_notice"
        default_permissions = ()
        indexes = [
            models.Index(
                fields=("next_try_at",), name="notices_that_wait", condition=models.Q(sent_at__isnull=True, gave_up_at__isnull=True)
            )
        ]
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.request.reference}"
