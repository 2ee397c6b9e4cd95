"""Taking a request in: sealed, stored and announced in one transaction."""

import json
import uuid

from django.core.files.base import ContentFile
from django.db import transaction

from consultations.forms import ConsultationForm
from consultations.keys import KeyProblem, public_keys
from consultations.models.request import ConsultationRequest, SealedPhoto
from consultations.sealing import RequestKey
from consultations.tasks import announce_request

CONTACT_FIELDS = ("name", "email", "phone", "contact_preference", "voicemail_ok")


class SealingUnavailable(Exception):
    """There is no key to seal to, so nothing may be stored."""


def receive(form: ConsultationForm) -> str:
    """Store a valid form, sealed, and return its reference. Raises `SealingUnavailable`."""
    try:
        recipients = public_keys()
    except KeyProblem as problem:
        raise SealingUnavailable from problem
    request_id = uuid.uuid4()
    key = RequestKey.generate(request_id)
    contact = {name: form.cleaned_data[name] for name in CONTACT_FIELDS}
    request = ConsultationRequest(
        id=request_id,
        sealed_keys=key.seal_to(recipients),
        sealed_contact=key.seal("contact", json.dumps(contact).encode()),
        sealed_answers=key.seal("answers", json.dumps(form.answers()).encode()),
    )
    photos = []
    for position, photo in enumerate(form.cleaned_data["photos"] or [], start=1):
        stored = SealedPhoto(request=request, position=position, width=photo.width, height=photo.height)
        stored.file.save(f"{request_id.hex}/{uuid.uuid4().hex}.sealed", ContentFile(key.seal(stored.part, photo.content)), save=False)
        photos.append(stored)
    try:
        with transaction.atomic():
            request.save(force_insert=True)
            SealedPhoto.objects.bulk_create(photos)
            announce_request.using(queue_name="mail", backend="mail").enqueue()
    except Exception:
        for stored in photos:
            stored.file.delete(save=False)
        raise
    return request.reference
