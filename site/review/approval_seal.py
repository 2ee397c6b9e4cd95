"""The seal of an approval: a keyed hash, so that a row that was added or changed in the database alone is no approval."""

import hmac
import json
from typing import Protocol

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

from common.derived_keys import derived_key

#: What the seal covers. Not the user and the revision, which may be deleted while the approval stays.
SEALED_FIELDS = (
    "page_id", "content_hash", "kind", "clinician_id", "reviewer_name", "approved_at", "reviewed_on", "review_on", "comment",
    "override_reason", "overridden",
)  # fmt: skip


class SealedApproval(Protocol):
    """An approval. Its model seals itself with this module, so it cannot be named here."""

    seal: str


def seal_of(approval: SealedApproval, key: str) -> str:
    """An HMAC over an approval with a key that only the staff side holds."""
    # Sorted, because PostgreSQL returns the keys of an object in another order.
    values = [getattr(approval, name) for name in SEALED_FIELDS]
    return hmac.new(derived_key("approval", key), json.dumps(values, sort_keys=True, cls=DjangoJSONEncoder).encode(), "sha256").hexdigest()


def seal(approval: SealedApproval) -> str:
    """The seal for a new approval."""
    return seal_of(approval, settings.APPROVAL_KEY)


def is_sealed(approval: SealedApproval) -> bool:
    """Whether this site gave the approval, and nobody changed it since."""
    keys = (settings.APPROVAL_KEY, *settings.APPROVAL_KEY_FALLBACKS)
    return any(hmac.compare_digest(approval.seal, seal_of(approval, str(key))) for key in keys)
