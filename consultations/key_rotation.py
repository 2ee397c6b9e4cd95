"""Changing the clinic's keys: the small sealed key of each request is sealed anew, its answers stay as they are."""

from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from django.db import transaction
from django.db.models import Model

from consultations.models.notes import SealedNote
from consultations.models.request import ConsultationRequest
from sealing.encryption import ContentKey
from sealing.errors import CannotOpenError
from sealing.models import SealedFile

ROWS_AT_ONCE = 500
#: Everything that carries a sealed key.
SEALED_MODELS: tuple[type[Model], ...] = (ConsultationRequest, SealedNote, SealedFile)


@dataclass
class Resealed:
    """What a run did."""

    changed: int = 0
    unchanged: int = 0
    cannot_open: list[str] = field(default_factory=list)


def reseal_all(
    private_keys: dict[str, X25519PrivateKey], public_keys: dict[str, X25519PublicKey], say: Callable[[str], None] = lambda line: None
) -> Resealed:
    """Seal the key of every request, note and file to exactly these public keys. Can be stopped and run again at any time."""
    result = Resealed()
    for model in SEALED_MODELS:
        last = None
        while True:
            rows = model._default_manager.order_by("pk")
            ids = list((rows.filter(pk__gt=last) if last else rows).values_list("pk", flat=True)[:ROWS_AT_ONCE])
            if not ids:
                break
            _reseal(model, ids, private_keys, public_keys, result)
            last = ids[-1]
            say(f"{result.changed + result.unchanged + len(result.cannot_open)} done …")
    return result


@transaction.atomic
def _reseal(
    model: type[Model],
    ids: list[object],
    private_keys: dict[str, X25519PrivateKey],
    public_keys: dict[str, X25519PublicKey],
    result: Resealed,
) -> None:
    changed = []
    for row in model._default_manager.select_for_update().filter(pk__in=ids).only("pk", "sealed_keys"):
        if set(row.sealed_keys) == set(public_keys):  # type: ignore[attr-defined]
            result.unchanged += 1
            continue
        try:
            row.sealed_keys = ContentKey.unseal(row.pk, row.sealed_keys, private_keys).seal_to(public_keys)  # type: ignore[attr-defined]
        except CannotOpenError:
            result.cannot_open.append(str(row.pk))
            continue
        changed.append(row)
        result.changed += 1
    model._default_manager.bulk_update(changed, ["sealed_keys"])


def still_needs(key_id: str, newest: str) -> int:
    """How many requests, notes and files are sealed to this key and not to the newest."""
    return sum(
        1
        for model in SEALED_MODELS
        for keys in model._default_manager.values_list("sealed_keys", flat=True).iterator(chunk_size=2000)
        if key_id in keys and newest not in keys
    )
