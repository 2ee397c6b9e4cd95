"""Row-level security: a public process reaches a stored request, and what belongs to it, only through its receipt code.

The application names the hash of the code for one transaction (`receipt_scope`). A code has 79 bits, so whoever took over a public
process cannot name that of a patient who is not just sending it. The policies also refuse what the site's own code never
writes: a note in the name of staff, a mail to somebody else, a certificate for a request that is not one's own.
"""

from typing import NamedTuple

REQUESTS = "consultations_consultationrequest"
OWN = "receipt_hash = current_setting('alluraderm.receipt', true)"
REPEATED = "fingerprint = current_setting('alluraderm.fingerprint', true)"
#: Tables of what belongs to a request.
PARTS = ("sealedphoto", "sealednote", "notice", "searchtoken")
#: A row that belongs to a request which the same policies let this transaction see.
OF_OWN = f"EXISTS (SELECT 1 FROM public.{REQUESTS} own WHERE own.id = request_id AND own.{OWN})"
NEW = f"{OWN} AND owner_id IS NULL AND status IN ('new', 'spam') AND indexed_with = '' AND NOT has_unread_message"


class Policy(NamedTuple):
    """One command on one table: the rows it reaches (`using`), and the rows it may write (`check`)."""

    table: str
    command: str
    using: str = ""
    check: str = ""


PUBLIC_POLICIES = (
    Policy(REQUESTS, "SELECT", f"{OWN} OR {REPEATED}"),
    Policy(REQUESTS, "INSERT", check=NEW),
    Policy(REQUESTS, "UPDATE", OWN, OWN),
    Policy(REQUESTS, "DELETE", OWN),
    *(Policy(f"consultations_{table}", command, OF_OWN) for table in PARTS for command in ("SELECT", "DELETE")),
    Policy("consultations_sealedphoto", "INSERT", check=OF_OWN),
    Policy("consultations_sealednote", "INSERT", check=f"kind = 'patient' AND author_id IS NULL AND NOT is_logged AND {OF_OWN}"),
    Policy("consultations_notice", "INSERT", check=f"recipient_id IS NULL AND sent_at IS NULL AND {OF_OWN}"),
    Policy("consultations_destruction", "SELECT", OWN),
    # Stored before the request is deleted, in the same transaction.
    Policy(
        "consultations_destruction",
        "INSERT",
        check=f"{OWN} AND reason = 'withdrawn' AND NOT is_logged AND EXISTS (SELECT 1 FROM public.{REQUESTS} own WHERE "
        "own.id = request_id AND own.reference = consultations_destruction.reference "
        "AND own.receipt_hash = consultations_destruction.receipt_hash)",
    ),
)  # fmt: skip
PROTECTED_TABLES = tuple(dict.fromkeys(policy.table for policy in PUBLIC_POLICIES))


def policy_sql(public: str, staff: str) -> list[str]:
    """The statements that make these the only policies. Role names must be quoted already."""
    statements = []
    for table in PROTECTED_TABLES:
        statements += [
            f"ALTER TABLE public.{table} ENABLE ROW LEVEL SECURITY",
            f"DROP POLICY IF EXISTS staff_all ON public.{table}",
            f"CREATE POLICY staff_all ON public.{table} TO {staff} USING (true) WITH CHECK (true)",
        ]
    for policy in PUBLIC_POLICIES:
        name = f"public_{policy.command.lower()}"
        using = f" USING ({policy.using})" if policy.using else ""
        check = f" WITH CHECK ({policy.check})" if policy.check else ""
        statements += [
            f"DROP POLICY IF EXISTS {name} ON public.{policy.table}",
            f"CREATE POLICY {name} ON public.{policy.table} FOR {policy.command} TO {public}{using}{check}",
        ]
    return statements
