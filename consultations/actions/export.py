"""Exporting requests: a CSV table in the clear, or a sealed archive with all data."""

import csv
import io
import json
import os
import struct
import uuid
import zipfile

from django.http import HttpResponse
from django.utils import timezone

from common.clock import clinic_day
from common.types import Actor, JSONObject
from consultations import access_log
from consultations.choices import Action
from consultations.models import ConsultationRequest
from consultations.unsealing import open_notes, open_request
from sealing.encryption import ContentKey
from sealing.errors import CannotOpenError
from sealing.key_pairs import PrivateKey
from sealing.keys import private_keys, public_keys

#: Spreadsheets run a cell that starts with one of these as a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
MAGIC = b"ALLURADERM-ARCHIVE-1\n"
ARCHIVE_PART = "archive"
TABLE_COLUMNS = ("reference", "received", "status", "owner", "name", "e-mail", "phone", "prefers", "voicemail")


def cell(value: object) -> str:
    """A value as text that no spreadsheet runs as a formula."""
    text = str(value)
    return f"'{text}" if text.lstrip(" \0").startswith(FORMULA_STARTS) else text


def export_table(consultations: list[ConsultationRequest], actor: Actor) -> HttpResponse:
    """A CSV file with one row for each request, logged. A request that cannot be opened has no contact details or answers."""
    requests = [(consultation, open_request(consultation, actor)) for consultation in consultations]
    # A column for each question, even where two have the same words.
    columns = {(answer["name"], answer["label"]): cell(answer["label"]) for _consultation, opened in requests for answer in opened.answers}
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow([*TABLE_COLUMNS, *columns.values()])
    for consultation, opened in requests:
        contact = opened.contact or dict.fromkeys(("name", "email", "contact_preference", "voicemail_ok"), "")
        answers = {(answer["name"], answer["label"]): answer["value"] for answer in opened.answers}
        row = [
            consultation.reference,
            f"{timezone.localtime(consultation.received_at):%Y-%m-%d %H:%M}",
            consultation.get_status_display(),
            consultation.owner or "",
        ]
        row += [contact["name"], contact["email"], opened.phone_display, contact["contact_preference"]]
        row += [{True: "yes", False: "no"}.get(contact["voicemail_ok"], ""), *(answers.get(column, "") for column in columns)]
        writer.writerow([cell(value) for value in row])
    access_log.write_all(Action.EXPORTED, actor, consultations, "table")
    # The byte order mark makes spreadsheets read the file as UTF-8.
    return _download("\ufeff" + target.getvalue(), "text/csv; charset=utf-8", "csv")


def export_archive(consultations: list[ConsultationRequest], actor: Actor) -> HttpResponse:
    """All data of the requests, sealed to the clinic's keys and logged. Raises `SealingKeyError`."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for consultation in consultations:
            content = json.dumps(_all_data(consultation, actor), indent=1, ensure_ascii=False)
            archive.writestr(f"{consultation.reference}/request.json", content)
            for photo in consultation.photos.all():
                try:
                    archive.writestr(f"{consultation.reference}/photo-{photo.position}.jpg", photo.open_image(consultation.content_key()))
                except CannotOpenError:
                    access_log.write(Action.CANNOT_OPEN, actor, consultation, photo.part)
    access_log.write_all(Action.EXPORTED, actor, consultations, "sealed archive")
    return _download(seal_archive(target.getvalue()), "application/octet-stream", "sealed")


def _all_data(consultation: ConsultationRequest, actor: Actor) -> JSONObject:
    opened = open_request(consultation, actor)
    notes = [
        {
            "kind": opened_note.note.kind,
            "written_at": opened_note.note.written_at.isoformat(),
            "author": str(opened_note.note.author or ""),
            "text": opened_note.text,
        }
        for opened_note in open_notes(consultation, actor)
    ]
    answers = list(opened.answers) if opened.contact else None
    facts = {"reference": consultation.reference, "received_at": consultation.received_at.isoformat(), "status": consultation.status}
    return {**facts, "contact": opened.contact, "answers": answers, "notes": notes}


def seal_archive(content: bytes) -> bytes:
    """A sealed archive: magic bytes, header length (4 bytes, big-endian), header with the sealed keys, sealed content.

    Raises `SealingKeyError`.
    """
    key = ContentKey.generate(uuid.UUID(bytes=os.urandom(16), version=4))
    header = json.dumps({"id": str(key.object_id), "keys": key.seal_to(public_keys())}).encode()
    return MAGIC + struct.pack(">I", len(header)) + header + key.seal(ARCHIVE_PART, content)


def open_archive(file: bytes, keys: dict[str, PrivateKey] | None = None) -> bytes:
    """The zip file in a sealed archive. Raises `CannotOpenError` if this is not one, or it was altered, or no key fits."""
    try:
        if not file.startswith(MAGIC):
            raise CannotOpenError("this is no sealed archive")
        start = len(MAGIC) + 4
        end = start + struct.unpack(">I", file[len(MAGIC) : start])[0]
        header = json.loads(file[start:end])
        key = ContentKey.unseal(uuid.UUID(header["id"]), header["keys"], private_keys() if keys is None else keys)
    except (ValueError, KeyError, TypeError, struct.error) as problem:
        raise CannotOpenError("the archive was altered") from problem
    return key.open(ARCHIVE_PART, file[end:])


def _download(content: str | bytes, content_type: str, extension: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    name = f"consultation-requests-{clinic_day():%Y-%m-%d}.{extension}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
