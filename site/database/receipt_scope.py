"""Naming the one stored request that a transaction may reach: row-level security shows a public process no other.

On a database without row-level security, and in a staff process, whose role sees every request, a scope changes nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

#: Settings of the transaction that the policies in `policies` compare with.
RECEIPT, FINGERPRINT = "alluraderm.receipt", "alluraderm.fingerprint"


@contextmanager
def receipt_scope(receipt_hash: str) -> Iterator[None]:
    """Within it, the request whose receipt code has this hash can be read, stored, changed and deleted."""
    with _scope(RECEIPT, receipt_hash):
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
