"""Row-level security: a public process reaches a stored request, and what belongs to it, only through its receipt code.

The application names the key of a code for one transaction (`receipt_scope`), and the policies compare its hash with the stored one. A
code has 79 bits, so whoever took over a public process cannot name that of a patient who is not just sending it, even with the stored
hash. The policies also refuse what the site's own code never writes: a note in the name of staff, a mail to somebody else, and values
that would stop the worker, such as a time that is infinite or a text without end.
"""

from typing import NamedTuple

from database.functions import IS_UNUSED, MAILS_OF, NOTES_OF
from database.receipt_scope import FINGERPRINT, RECEIPT, named_hash_sql

REQUESTS = "consultations_consultationrequest"
OWN = f"receipt_hash = {named_hash_sql(RECEIPT)}"
REPEATED = f"fingerprint = {named_hash_sql(FINGERPRINT)}"
#: A row that belongs to a request which the same policies let this transaction see.
OF_OWN = f"EXISTS (SELECT 1 FROM public.{REQUESTS} own WHERE own.id = request_id AND own.{OWN})"
#: The clocks of the web server and of the database may differ a little.
NOW = "BETWEEN now() - interval '10 minutes' AND now() + interval '10 minutes'"
#: As `sealing.encryption` writes them: an object of a few texts.
SEALED_KEYS = (
    "jsonb_typeof(sealed_keys) = 'object' AND octet_length(sealed_keys::text) < 20000 "
    "AND NOT jsonb_path_exists(sealed_keys, '$.* ? (@.type() != \"string\")')"
)
#: Bytes: the longest padded text, with its nonce and tag.
TEXT_BYTES = 270_000
NEW = f"""{OWN} AND owner_id IS NULL AND status IN ('new', 'spam') AND indexed_with = '' AND NOT has_unread_message
    AND received_at {NOW} AND status_changed_at {NOW} AND reference ~ '^[A-Z2-9]{{4}}-[A-Z2-9]{{4}}$' AND suspicion ~ '^[a-z]*$'
    AND receipt_hash ~ '^[0-9a-f]{{64}}$' AND octet_length(sealed_contact) < 10000 AND octet_length(sealed_answers) < {TEXT_BYTES}
    AND {SEALED_KEYS} AND {IS_UNUSED}(id)"""
MESSAGE = f"""kind = 'patient' AND author_id IS NULL AND NOT is_logged AND written_at {NOW} AND octet_length(sealed_text) < {TEXT_BYTES}
    AND {SEALED_KEYS} AND {NOTES_OF}(request_id) < 50 AND {OF_OWN}"""
MAIL = f"""recipient_id IS NULL AND sent_at IS NULL AND gave_up_at IS NULL AND attempts = 0 AND next_try_at {NOW}
    AND kind IN ('staff', 'message', 'patient') AND {MAILS_OF}(request_id) < 200 AND {OF_OWN}"""
#: In the request's own folder, under a random name.
PHOTO = f"""file ~ '^[0-9]{{4}}/[0-9]{{2}}/[0-9a-f]{{32}}/[0-9a-f]{{32}}[.]sealed$' AND position BETWEEN 1 AND 10
    AND split_part(file, '/', 3) = replace(request_id::text, '-', '') AND {OF_OWN}"""
PARTS = ("sealedphoto", "sealednote", "notice")
MISS = """last_day BETWEEN current_date - 2 AND current_date + 2 AND text ~ '^[a-z ]{0,40}$' AND digest ~ '^[0-9a-f]{64}$'
    AND days BETWEEN 0 AND 30000"""


class Policy(NamedTuple):
    """One command on one table: the rows it reaches (`using`), and the rows it may write (`check`)."""

    table: str
    command: str
    using: str = ""
    check: str = ""


PUBLIC_POLICIES = (
    Policy(REQUESTS, "SELECT", f"{OWN} OR {REPEATED}"),
    Policy(REQUESTS, "INSERT", check=NEW),
    *(Policy(f"consultations_{table}", "SELECT", OF_OWN) for table in PARTS),
    Policy("consultations_sealedphoto", "INSERT", check=PHOTO),
    Policy("consultations_sealednote", "INSERT", check=MESSAGE),
    Policy("consultations_notice", "INSERT", check=MAIL),
    Policy("consultations_destruction", "SELECT", OWN),
    Policy("consultations_attemptcount", "SELECT", "true"),
    Policy("consultations_attemptcount", "INSERT", check="hour BETWEEN now() - interval '2 hours' AND now() + interval '2 hours'"),
    Policy("consultations_attemptcount", "UPDATE", "true", "points BETWEEN 0 AND 1000000"),
    Policy("home_searchmiss", "SELECT", "true"),
    Policy("home_searchmiss", "INSERT", check=MISS),
    Policy("home_searchmiss", "UPDATE", "true", MISS),
)
PROTECTED_TABLES = tuple(dict.fromkeys(policy.table for policy in PUBLIC_POLICIES))


def policy_sql(public: str, staff: str) -> list[str]:
    """The statements that make these the only policies. Role names must be quoted already."""
    statements = []
    for table in PROTECTED_TABLES:
        statements += [
            f"ALTER TABLE public.{table} ENABLE ROW LEVEL SECURITY",
            *(f"DROP POLICY IF EXISTS {name} ON public.{table}" for name in ("staff_all", *PUBLIC_NAMES)),
            f"CREATE POLICY staff_all ON public.{table} TO {staff} USING (true) WITH CHECK (true)",
        ]
    for policy in PUBLIC_POLICIES:
        using = f" USING ({policy.using})" if policy.using else ""
        check = f" WITH CHECK ({policy.check})" if policy.check else ""
        name = f"public_{policy.command.lower()}"
        statements.append(f"CREATE POLICY {name} ON public.{policy.table} FOR {policy.command} TO {public}{using}{check}")
    return statements


PUBLIC_NAMES = tuple(f"public_{command}" for command in ("select", "insert", "update", "delete"))
