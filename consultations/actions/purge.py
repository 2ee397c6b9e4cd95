"""Purging: destroying every request whose retention period is over, and deleting expired data."""

import datetime as dt
import logging
from collections.abc import Callable, Iterator

from django.core.exceptions import SuspiciousFileOperation
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from consultations import access_log
from consultations.actions.collect_uploads import files_in
from consultations.actions.destroy import destroy, remove_file
from consultations.choices import DestructionReason
from consultations.models.outgoing_mail import OutgoingMail
from consultations.models.policy import RequestPolicy
from consultations.models.request import ConsultationRequest, SealedPhoto, sealed_storage
from consultations.rate_limits import delete_expired_counts
from consultations.retention import due_before

logger = logging.getLogger(__name__)

#: A sealed file is written before its row, so a younger file may belong to a request that is being stored.
ORPHAN_AGE = dt.timedelta(hours=1)
FINGERPRINT_AGE = dt.timedelta(days=1)
SENT_MAIL_AGE = dt.timedelta(days=30)


def purge_due_requests(report: Callable[[str], None]) -> int:
    """Destroy all requests that are due and return their number. A failure does not stop the rest. `report` takes a line for each."""
    destroyed = 0
    for pk in list(due_before(RequestPolicy.current(), timezone.now()).values_list("pk", flat=True)):
        try:
            certificate = destroy(ConsultationRequest(pk=pk), DestructionReason.DUE, access_log.SITE)
        except ConsultationRequest.DoesNotExist:
            continue
        except Exception:
            logger.exception("a request that is due could not be destroyed; it is tried again tomorrow")
            continue
        destroyed += 1
        report(f"{certificate.reference} destroyed, certificate {certificate.number}")
    return destroyed


def purge_expired_data(report: Callable[[str], None]) -> None:
    """Delete expired attempt counts, fingerprints and sent mails, and sealed files without a request. A failure does not stop the rest."""
    now = timezone.now()
    expired_fingerprints = ConsultationRequest.objects.filter(fingerprint__isnull=False, received_at__lt=now - FINGERPRINT_AGE)
    steps: tuple[Callable[[], object], ...] = (
        delete_expired_counts,
        lambda: forget_fingerprints(expired_fingerprints),
        OutgoingMail.objects.filter(sent_at__lt=now - SENT_MAIL_AGE).delete,
        lambda: remove_orphans(now - ORPHAN_AGE, report),
    )
    for step in steps:
        try:
            step()
        except Exception:
            logger.exception("something that has expired could not be deleted; it is tried again tomorrow")


@transaction.atomic
def forget_fingerprints(expired: QuerySet[ConsultationRequest]) -> None:
    """Delete fingerprints. Of a request that another transaction holds, at the next run."""
    free = list(expired.select_for_update(skip_locked=True).values_list("pk", flat=True))
    ConsultationRequest.objects.filter(pk__in=free).update(fingerprint=None)


def remove_orphans(before: dt.datetime, report: Callable[[str], None]) -> None:
    """Delete the sealed files that belong to no request."""
    for name in orphaned_files(before):
        remove_file(sealed_storage(), name)
        report("a sealed file without a request was removed")


def orphaned_files(before: dt.datetime) -> Iterator[str]:
    """Names of sealed files, last modified before this moment, that belong to no request."""
    storage = sealed_storage()
    for name in files_in(storage, ""):
        try:
            modified = storage.get_modified_time(name)
        except (OSError, SuspiciousFileOperation):
            logger.warning("something that is no sealed file lies among the uploads")
            continue
        # A time that lies ahead is made up, and must not keep a file for ever.
        is_old = modified < before or modified > timezone.now() + ORPHAN_AGE
        if is_old and not SealedPhoto.objects.filter(file=name).exists():
            yield name
