"""Naming the one stored request that a transaction may reach: row-level security shows a public process no other.

On a database without row-level security, and in a staff process, whose role sees every request, a scope changes nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

#: Settings of the transaction that the policies in `policies` compare with.
RECEIPT, FINGERPRINT = "alluraderm.receipt", "alluraderm.fingerprint"


def named_hash_sql(setting: str) -> str:
    """SQL for the stored hash of what the transaction names. As `consultations.receipt_codes.stored_hash` makes it."""
    return f"encode(sha256(convert_to(current_setting('{setting}', true), 'UTF8')), 'hex')"


@contextmanager
def receipt_scope(receipt_key: str) -> Iterator[None]:
    """Within it, the request whose receipt code has this key can be read, stored, added to and withdrawn."""
    with _scope(RECEIPT, receipt_key):
        yield


@contextmanager
def fingerprint_scope(fingerprint: str) -> Iterator[None]:
    """Within it, the request with this fingerprint can be read, to recognize a repeated POST."""
    with _scope(FINGERPRINT, fingerprint):
        yield


@contextmanager
def _scope(setting: str, value: str) -> Iterator[None]:
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            # The third argument binds the value to this transaction, so that a pooled connection does not carry it on.
            cursor.execute("SELECT set_config(%s, %s, true)", [setting, value])
        yield
