"""Submitting a request: sealed, stored and announced in one transaction."""

import json
import secrets
import uuid
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from consultations.choices import MailKind, Status, Suspicion
from consultations.models.consent import consent_id
from consultations.models.outgoing_mail import OutgoingMail
from consultations.models.request import ConsultationRequest, SealedPhoto
from consultations.photos import CleanPhoto
from consultations.receipt_codes import code_of, fingerprint_of, hash_of, repeat_key
from sealing.encryption import ContentKey
from sealing.errors import SealingKeyError
from sealing.keys import public_keys


class SealingUnavailableError(Exception):
    """There is no key to seal to, so nothing may be stored."""


@dataclass(frozen=True)
class Submission:
    """What a valid form holds."""

    #: The values of `CONTACT_FIELDS`.
    contact: dict[str, Any]
    #: Every answer in the order of the form: `name`, the `label` it was asked under, `value`.
    answers: list[dict[str, str]]
    consent_text: str
    photos: list[CleanPhoto] = field(default_factory=list)


@dataclass(frozen=True)
class SubmissionReceipt:
    """What a patient takes home."""

    reference: str
    code: str


class SubmitRequest:
    """One submission on its way in."""

    def __init__(self, submission: Submission, browser: str) -> None:
        """`browser` is the secret of the sender's CSRF cookie; without one every post counts as a new request."""
        self.submission = submission
        photos = [photo.content for photo in submission.photos]
        repeat = repeat_key(browser or secrets.token_hex(16), submission.contact, submission.answers, photos)
        self.fingerprint = fingerprint_of(repeat)
        self.code = code_of(repeat)

    def earlier_receipt(self) -> SubmissionReceipt | None:
        """The receipt of the same request, where it has arrived already."""
        reference = ConsultationRequest.objects.filter(fingerprint=self.fingerprint).values_list("reference", flat=True).first()
        return SubmissionReceipt(reference, self.code) if reference else None

    def execute(self, suspicion: Suspicion | None = None) -> SubmissionReceipt:
        """Store the request and return its receipt. Raises `SealingUnavailableError`."""
        try:
            recipients = public_keys()
        except SealingKeyError as problem:
            raise SealingUnavailableError from problem
        try:
            return self._store(recipients, suspicion)
        except IntegrityError:
            # The same post twice at the same moment: the other one is in.
            if earlier := self.earlier_receipt():
                return earlier
        # The same words as on an earlier day: a request of its own, so it needs a code of its own.
        self.code = code_of(f"{self.fingerprint}{secrets.token_hex(16)}")
        return self._store(recipients, suspicion)

    def _store(self, recipients: dict[str, X25519PublicKey], suspicion: Suspicion | None) -> SubmissionReceipt:
        """One attempt. Raises `IntegrityError` where reference, code or fingerprint is taken."""
        consultation_id = uuid.uuid4()
        key = ContentKey.generate(consultation_id)
        consultation = ConsultationRequest(
            id=consultation_id,
            consent_id=consent_id(self.submission.consent_text),
            status=Status.SPAM if suspicion == Suspicion.HONEYPOT else Status.NEW,
            suspicion=suspicion or "",
            receipt_hash=hash_of(self.code),
            fingerprint=self.fingerprint,
            sealed_keys=key.seal_to(recipients),
            sealed_contact=key.seal("contact", json.dumps(self.submission.contact).encode()),
            sealed_answers=key.seal("answers", json.dumps(self.submission.answers).encode()),
        )
        photos = self._store_photos(consultation, key)
        try:
            with transaction.atomic():
                consultation.save(force_insert=True)
                SealedPhoto.objects.bulk_create(photos)
                if suspicion != Suspicion.HONEYPOT:
                    kinds = (MailKind.STAFF, MailKind.PATIENT)
                    OutgoingMail.objects.bulk_create(OutgoingMail(request=consultation, kind=kind) for kind in kinds)
        except IntegrityError:
            # Nothing was stored. After any other failure that is not sure, and the daily sweep decides.
            for sealed_photo in photos:
                sealed_photo.file.delete(save=False)
            raise
        return SubmissionReceipt(consultation.reference, self.code)

    def _store_photos(self, consultation: ConsultationRequest, key: ContentKey) -> list[SealedPhoto]:
        """Sealed files first: one whose row never comes can be opened by nobody, and is swept away."""
        photos = []
        for position, photo in enumerate(self.submission.photos, start=1):
            sealed_photo = SealedPhoto(request=consultation, position=position, width=photo.width, height=photo.height)
            name = f"{timezone.now():%Y/%m}/{consultation.id.hex}/{uuid.uuid4().hex}.sealed"
            sealed_photo.file.save(name, ContentFile(key.seal(sealed_photo.part, photo.content)), save=False)
            photos.append(sealed_photo)
        return photos
