"""Taking a request in: sealed, stored and announced in one transaction."""

import json
import secrets
import uuid
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from consultations.choices import NoticeKind, Status, Suspicion
from consultations.forms import ConsultationForm
from consultations.keys import KeyProblem, public_keys
from consultations.models.consent import consent_id
from consultations.models.notices import Notice
from consultations.models.request import ConsultationRequest, SealedPhoto
from consultations.receipts import code_of, fingerprint_of, hash_of, repeat_key
from consultations.sealing import RequestKey

CONTACT_FIELDS = ("name", "email", "phone", "contact_preference", "voicemail_ok")


class SealingUnavailable(Exception):
    """There is no key to seal to, so nothing may be stored."""


@dataclass(frozen=True)
class Receipt:
    """What a patient takes home."""

    reference: str
    code: str


class Intake:
    """One valid form on its way in."""

    def __init__(self, form: ConsultationForm, browser: str) -> None:
        """`browser` is the secret of the sender's CSRF cookie; without one every post counts as a new request."""
        self.contact = {name: form.cleaned_data[name] for name in CONTACT_FIELDS}
        self.answers = form.answers()
        self.photos = form.cleaned_data["photos"] or []
        self.consent_text = form.consent_text
        repeat = repeat_key(browser or secrets.token_hex(16), self.contact, self.answers, [photo.content for photo in self.photos])
        self.fingerprint = fingerprint_of(repeat)
        self.code = code_of(repeat)

    def earlier(self) -> Receipt | None:
        """The receipt of the same request, where it has arrived already."""
        reference = ConsultationRequest.objects.filter(fingerprint=self.fingerprint).values_list("reference", flat=True).first()
        return Receipt(reference, self.code) if reference else None

    def receive(self, suspicion: Suspicion | None = None) -> Receipt:
        """Store the request and return its receipt. Raises `SealingUnavailable`."""
        try:
            recipients = public_keys()
        except KeyProblem as problem:
            raise SealingUnavailable from problem
        try:
            return self._store(recipients, suspicion)
        except IntegrityError:
            # The same post twice at the same moment: the other one is in.
            if earlier := self.earlier():
                return earlier
        # The same words as on an earlier day: a request of its own, so it needs a code of its own.
        self.code = code_of(f"{self.fingerprint}{secrets.token_hex(16)}")
        return self._store(recipients, suspicion)

    def _store(self, recipients: dict[str, X25519PublicKey], suspicion: Suspicion | None) -> Receipt:
        """One attempt. Raises `IntegrityError` where reference, code or fingerprint is taken."""
        request_id = uuid.uuid4()
        key = RequestKey.generate(request_id)
        request = ConsultationRequest(
            id=request_id,
            consent_id=consent_id(self.consent_text),
            status=Status.SPAM if suspicion == Suspicion.TRAP else Status.NEW,
            suspicion=suspicion or "",
            receipt_hash=hash_of(self.code),
            fingerprint=self.fingerprint,
            sealed_keys=key.seal_to(recipients),
            sealed_contact=key.seal("contact", json.dumps(self.contact).encode()),
            sealed_answers=key.seal("answers", json.dumps(self.answers).encode()),
        )
        photos = self._store_photos(request, key)
        try:
            with transaction.atomic():
                request.save(force_insert=True)
                SealedPhoto.objects.bulk_create(photos)
                if suspicion != Suspicion.TRAP:
                    Notice.objects.bulk_create(Notice(request=request, kind=kind) for kind in (NoticeKind.STAFF, NoticeKind.PATIENT))
        except IntegrityError:
            # Nothing was stored. After any other failure that is not sure, and the daily sweep decides.
            for stored in photos:
                stored.file.delete(save=False)
            raise
        return Receipt(request.reference, self.code)

    def _store_photos(self, request: ConsultationRequest, key: RequestKey) -> list[SealedPhoto]:
        """Sealed files first: one whose row never comes can be opened by nobody, and is swept away."""
        photos = []
        for position, photo in enumerate(self.photos, start=1):
            stored = SealedPhoto(request=request, position=position, width=photo.width, height=photo.height)
            name = f"{timezone.now():%Y/%m}/{request.id.hex}/{uuid.uuid4().hex}.sealed"
            stored.file.save(name, ContentFile(key.seal(stored.part, photo.content)), save=False)
            photos.append(stored)
        return photos
