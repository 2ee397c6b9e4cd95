"""Requests for elsewhere: a table to read, or a sealed archive with everything."""

import csv
import io
import json
import os
import struct
import uuid
import zipfile
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.http import HttpResponse
from django.utils import timezone

from consultations import record
from consultations.choices import Action
from consultations.inbox.detail import opened, opened_notes
from consultations.keys import private_keys, public_keys
from consultations.models import ConsultationRequest
from consultations.sealing import CannotOpen, RequestKey

#: A spreadsheet takes a cell that begins with one of these for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
MAGIC = b"ALLURADERM-ARCHIVE-1\n"
ARCHIVE_PART = "archive"
TABLE_START = ("reference", "received", "status", "owner", "name", "e-mail", "phone", "prefers", "voicemail")


def cell(value: Any) -> str:
    """A value as text that no spreadsheet runs as a formula."""
    text = str(value)
    return f"'{text}" if text.lstrip(" \0").startswith(FORMULA_STARTS) else text


def as_table(requests: list[ConsultationRequest], actor: Any) -> HttpResponse:
    """A CSV file with a line each, recorded. What cannot be opened has its reference only. Raises `KeyProblem`."""
    read = [(stored, opened(stored, actor)) for stored in requests]
    labels = list(dict.fromkeys(answer["label"] for _stored, content in read for answer in content.get("answers", ())))
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow([*TABLE_START, *(cell(label) for label in labels)])
    for stored, content in read:
        contact = content.get("contact") or dict.fromkeys(("name", "email", "contact_preference", "voicemail_ok"), "")
        answers = {answer["label"]: answer["value"] for answer in content.get("answers", ())}
        row = [
            stored.reference,
            f"{timezone.localtime(stored.received_at):%Y-%m-%d %H:%M}",
            stored.get_status_display(),
            stored.owner or "",
        ]
        row += [contact["name"], contact["email"], content.get("phone_display", ""), contact["contact_preference"]]
        row += [{True: "yes", False: "no"}.get(contact["voicemail_ok"], ""), *(answers.get(label, "") for label in labels)]
        writer.writerow([cell(value) for value in row])
    record.write_all(Action.EXPORTED, actor, requests, "table")
    # The mark at the start tells spreadsheets that letters are UTF-8.
    return _download("\ufeff" + target.getvalue(), "text/csv; charset=utf-8", "csv")


def as_archive(requests: list[ConsultationRequest], actor: Any) -> HttpResponse:
    """Everything of the requests, sealed to the clinic's keys and recorded. Raises `KeyProblem`."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for stored in requests:
            archive.writestr(f"{stored.reference}/request.json", json.dumps(_whole(stored, actor), indent=1, ensure_ascii=False))
            for photo in stored.photos.all():
                try:
                    archive.writestr(f"{stored.reference}/photo-{photo.position}.jpg", photo.open_image(stored.request_key()))
                except CannotOpen:
                    record.write(Action.CANNOT_OPEN, actor, stored, photo.part)
    record.write_all(Action.EXPORTED, actor, requests, "sealed archive")
    return _download(seal_archive(target.getvalue()), "application/octet-stream", "sealed")


def _whole(stored: ConsultationRequest, actor: Any) -> dict[str, Any]:
    content = opened(stored, actor)
    notes = [
        {
            "kind": one["note"].kind,
            "written_at": one["note"].written_at.isoformat(),
            "author": str(one["note"].author or ""),
            "text": one["text"],
        }
        for one in opened_notes(stored, actor)
    ]
    facts = {"reference": stored.reference, "received_at": stored.received_at.isoformat(), "status": stored.status}
    return {**facts, "contact": content.get("contact"), "answers": content.get("answers"), "notes": notes}


def seal_archive(content: bytes) -> bytes:
    """An archive as a file: a name, the length of the sealed keys, the sealed keys, then the sealed content. Raises `KeyProblem`."""
    key = RequestKey.generate(uuid.UUID(bytes=os.urandom(16), version=4))
    header = json.dumps({"id": str(key.request_id), "keys": key.seal_to(public_keys())}).encode()
    return MAGIC + struct.pack(">I", len(header)) + header + key.seal(ARCHIVE_PART, content)


def open_archive(file: bytes, keys: dict[str, X25519PrivateKey] | None = None) -> bytes:
    """The zip file in a sealed archive. Raises `CannotOpen` where it is none, or was altered, or no key fits."""
    try:
        if not file.startswith(MAGIC):
            raise CannotOpen("this is no sealed archive")
        start = len(MAGIC) + 4
        end = start + struct.unpack(">I", file[len(MAGIC) : start])[0]
        header = json.loads(file[start:end])
        key = RequestKey.unseal(uuid.UUID(header["id"]), header["keys"], private_keys() if keys is None else keys)
    except (ValueError, KeyError, TypeError, struct.error) as problem:
        raise CannotOpen("the archive was altered") from problem
    return key.open(ARCHIVE_PART, file[end:])


def _download(content: Any, content_type: str, extension: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    name = f"consultation-requests-{timezone.localdate():%Y-%m-%d}.{extension}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
