"""Key rotation: seal the content key of each request, note and file to the new public keys. The encrypted content does not change."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Model

from consultations.models.notes import SealedNote
from consultations.models.request import ConsultationRequest
from sealing.encryption import ContentKey
from sealing.errors import CannotOpenError
from sealing.key_pairs import PrivateKey, PublicKey
from sealing.models import SealedFile

BATCH_SIZE = 500
#: Every model with a sealed content key.
SEALED_MODELS: tuple[type[Model], ...] = (ConsultationRequest, SealedNote, SealedFile)


@dataclass
class ResealResult:
    """What a run did, in numbers of objects.

    `cannot_open` has the primary keys of those that no private key opens. `held` were in use by another transaction; run it again for them.
    """

    changed: int = 0
    unchanged: int = 0
    held: int = 0
    cannot_open: list[str] = field(default_factory=list)


def reseal_all(
    private_keys: dict[str, PrivateKey], public_keys: dict[str, PublicKey], report: Callable[[str], None] = lambda line: None
) -> ResealResult:
    """Seal the content key of every request, note and file to exactly these public keys. Can be interrupted and run again at any time."""
    result = ResealResult()
    for model in SEALED_MODELS:
        last_id = None
        while True:
            rows = model._default_manager.order_by("pk")
            ids = list((rows.filter(pk__gt=last_id) if last_id else rows).values_list("pk", flat=True)[:BATCH_SIZE])
            if not ids:
                break
            _reseal(model, ids, private_keys, public_keys, result)
            last_id = ids[-1]
            report(f"{result.changed + result.unchanged + len(result.cannot_open)} done …")
    return result


@transaction.atomic
def _reseal(
    model: type[Model],
    ids: list[object],
    private_keys: dict[str, PrivateKey],
    public_keys: dict[str, PublicKey],
    result: ResealResult,
) -> None:
    changed, seen = [], 0
    for row in model._default_manager.select_for_update(skip_locked=True).filter(pk__in=ids).only("pk", "sealed_keys"):
        seen += 1
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
    result.held += len(ids) - seen
    model._default_manager.bulk_update(changed, ["sealed_keys"])


def count_not_resealed(old_key_id: str, newest_key_id: str) -> int:
    """The number of requests, notes and files that are sealed to the old key and not to the newest."""
    return sum(
        1
        for model in SEALED_MODELS
        for sealed_keys in model._default_manager.values_list("sealed_keys", flat=True).iterator(chunk_size=2000)
        if old_key_id in sealed_keys and newest_key_id not in sealed_keys
    )
