"""Submitting a request: sealed, stored and with its mails queued in one transaction."""

import json
import secrets
import uuid
from dataclasses import dataclass, field

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from common.types import JSONObject
from consultations.choices import MailKind, Status, Suspicion
from consultations.models.consent import consent_id
from consultations.models.deletion import DeletionCertificate
from consultations.models.outgoing_mail import OutgoingMail
from consultations.models.request import ConsultationRequest, SealedPhoto
from consultations.photos import CleanPhoto
from consultations.receipt_codes import fingerprint_of, receipt_code, receipt_key, stored_hash, submission_digest
from database.receipt_scope import fingerprint_scope, receipt_scope
from sealing.encryption import ContentKey
from sealing.errors import SealingKeyError
from sealing.key_pairs import PublicKey
from sealing.keys import public_keys


class SealingUnavailableError(Exception):
    """There is no public key to seal to, so the request must not be stored."""


@dataclass(frozen=True)
class Submission:
    """The content of a valid form."""

    #: The values of `CONTACT_FIELDS`.
    contact: JSONObject
    #: Every answer in the order of the form: `name`, `label` (the question as the patient saw it), `value`.
    answers: list[dict[str, str]]
    consent_text: str
    photos: list[CleanPhoto] = field(default_factory=list)
    #: Whether a sign was named that the patient said is not happening now, so that a person reads it first.
    may_be_urgent: bool = False


@dataclass(frozen=True)
class SubmissionReceipt:
    """What the patient gets after sending: a reference for the phone, and the secret code that opens the request."""

    reference: str
    code: str


class SubmitRequest:
    """One submission that is being stored."""

    def __init__(self, submission: Submission, browser_secret: str) -> None:
        """`browser_secret` is the secret in the sender's CSRF cookie. Without one, every POST counts as a new request."""
        self.submission = submission
        photos = [photo.content for photo in submission.photos]
        digest = submission_digest(browser_secret or secrets.token_hex(16), submission.contact, submission.answers, photos)
        self.fingerprint = fingerprint_of(digest)
        self.code = receipt_code(digest)

    def earlier_receipt(self) -> SubmissionReceipt | None:
        """The receipt of the same request if it is already stored, else None."""
        with fingerprint_scope(self.fingerprint):
            repeated = ConsultationRequest.objects.filter(fingerprint=stored_hash(self.fingerprint))
            reference = repeated.values_list("reference", flat=True).first()
        return SubmissionReceipt(reference, self.code) if reference else None

    def execute(self, suspicion: Suspicion | None = None) -> SubmissionReceipt:
        """Store the request and return its receipt. Raises `SealingUnavailableError`."""
        try:
            recipients = public_keys()
        except SealingKeyError as problem:
            raise SealingUnavailableError from problem
        if self._was_destroyed():
            # The same words after they were withdrawn: the old code must go on opening the deletion certificate.
            self.code = receipt_code(f"{self.fingerprint}{secrets.token_hex(16)}")
        try:
            return self._store(recipients, suspicion)
        except IntegrityError:
            # Another process stored the same submission at the same time. Return its receipt.
            if earlier := self.earlier_receipt():
                return earlier
        # The same words as on an earlier day, whose fingerprint was deleted: this is a new request, which needs a new code.
        self.code = receipt_code(f"{self.fingerprint}{secrets.token_hex(16)}")
        return self._store(recipients, suspicion)

    def _was_destroyed(self) -> bool:
        """Whether a request with this code was stored and destroyed."""
        key = receipt_key(self.code)
        with receipt_scope(key):
            return DeletionCertificate.objects.filter(receipt_hash=stored_hash(key)).exists()

    def _store(self, recipients: dict[str, PublicKey], suspicion: Suspicion | None) -> SubmissionReceipt:
        """Try once. Raises `IntegrityError` if the reference, code or fingerprint is already in use."""
        consultation_id = uuid.uuid4()
        key = ContentKey.generate(consultation_id)
        consultation = ConsultationRequest(
            id=consultation_id,
            consent_id=consent_id(self.submission.consent_text),
            status=Status.SPAM if suspicion == Suspicion.HONEYPOT else Status.NEW,
            suspicion=suspicion or "",
            may_be_urgent=self.submission.may_be_urgent,
            receipt_hash=stored_hash(receipt_key(self.code)),
            fingerprint=stored_hash(self.fingerprint),
            sealed_keys=key.seal_to(recipients),
            sealed_contact=key.seal_text("contact", json.dumps(self.submission.contact)),
            sealed_answers=key.seal_text("answers", json.dumps(self.submission.answers)),
        )
        photos = self._store_photos(consultation, key)
        try:
            with receipt_scope(receipt_key(self.code)), transaction.atomic():
                consultation.save(force_insert=True)
                SealedPhoto.objects.bulk_create(photos)
                if suspicion != Suspicion.HONEYPOT:
                    kinds = (MailKind.STAFF, MailKind.PATIENT) if self.submission.contact["email"] else (MailKind.STAFF,)
                    OutgoingMail.objects.bulk_create(OutgoingMail(request=consultation, kind=kind) for kind in kinds)
        except IntegrityError:
            # The transaction was rolled back. After any other error the commit may have succeeded, so the files stay and
            # the daily purge deletes those without a row.
            for sealed_photo in photos:
                sealed_photo.file.delete(save=False)
            raise
        return SubmissionReceipt(consultation.reference, self.code)

    def _store_photos(self, consultation: ConsultationRequest, key: ContentKey) -> list[SealedPhoto]:
        """Write the sealed files. They come before their rows: without a row no key opens a file, and the daily purge deletes it."""
        photos = []
        for position, photo in enumerate(self.submission.photos, start=1):
            sealed_photo = SealedPhoto(request=consultation, position=position, width=photo.width, height=photo.height)
            name = f"{timezone.now():%Y/%m}/{consultation.id.hex}/{uuid.uuid4().hex}.sealed"
            sealed_photo.file.save(name, ContentFile(key.seal(sealed_photo.part, photo.content)), save=False)
            photos.append(sealed_photo)
        return photos
