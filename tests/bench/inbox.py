"""The inbox with 1,000 requests and with 1,000,000: the first page and an exact search, in milliseconds.

    python tests/bench/inbox.py postgres://…/empty_database

Fills an empty PostgreSQL database. The newest requests are sealed as patients' are; the mass behind them is rows of
the same shape whose sealed parts open with no key, since only the newest are ever shown here.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(PROJECT), str(PROJECT / "site")]
RUNS = 40
REAL = 200
MASS = """
INSERT INTO consultations_consultationrequest
  (id, reference, received_at, status, status_changed_at, has_unread_message, suspicion, receipt_hash, indexed_with,
   sealed_keys, sealed_contact, sealed_answers, consent_id)
SELECT gen_random_uuid(), upper(lpad(to_hex(n), 9, '0')), now() - interval '30 days' - n * interval '1 minute',
  (ARRAY['contacted', 'scheduled', 'closed', 'closed', 'spam'])[1 + n %% 5], now() - n * interval '1 minute', false, '',
  md5(n::text) || md5((n + 1)::text), %s, '{}', decode(repeat('ab', 180), 'hex'), decode(repeat('ab', 900), 'hex'), %s
FROM generate_series(%s::int, %s::int) AS n
"""
TOKENS = """
INSERT INTO consultations_searchtoken (request_id, token)
SELECT id, md5(receipt_hash || part) FROM consultations_consultationrequest, (VALUES ('a'), ('b'), ('c'), ('d')) AS parts (part)
WHERE received_at < now() - interval '29 days'
ON CONFLICT DO NOTHING
"""


def main(database: str) -> int:
    os.environ.update(
        DATABASE_URL=database,
        VAR_DIR=tempfile.mkdtemp(prefix="alluraderm-bench-"),
        DJANGO_SETTINGS_MODULE="config.settings.dev",
        ALLOWED_HOSTS="testserver",
    )
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from accounts.roles import Role
    from consultations.models import ConsentVersion
    from consultations.search_index import index_key, index_pending

    call_command("migrate", verbosity=0)
    call_command("consultation_key", "create", "--quiet")
    call_command("load_sample", verbosity=0)
    desk = get_user_model().objects.create_user("bench", password="x")
    desk.groups.add(Group.objects.get(name=Role.FRONT_DESK.value))
    patient = Client()
    for number in range(REAL):
        fields = {"name": f"Person {number}", "email": f"person{number}@example.org", "contact_preference": "email", "consent": "on"}
        assert patient.post("/consultation/", fields).status_code == 302
    index_pending()
    consent, key = ConsentVersion.objects.get().pk, index_key()[0]

    def fill(first: int, last: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(MASS, [key, consent, first, last])
            cursor.execute(TOKENS)
            cursor.execute("VACUUM ANALYZE consultations_consultationrequest, consultations_searchtoken")

    def measure() -> dict[str, float]:
        browser = Client()
        browser.force_login(desk)

        def first_page() -> None:
            assert b"Person 199" in browser.get("/admin/consultations/").content

        def search() -> None:
            response = browser.post("/admin/consultations/", {"q": "person17@example.org"}, follow=True)
            assert b"Person 17<" in response.content

        return {name: median(work) for name, work in (("first page", first_page), ("exact search", search))}

    def median(work: object) -> float:
        times = []
        for _run in range(RUNS + 5):
            began = time.perf_counter()
            work()  # type: ignore[operator]
            times.append((time.perf_counter() - began) * 1000)
        return round(statistics.median(times[5:]), 2)

    fill(1, 1000 - REAL)
    small = measure()
    fill(1000 - REAL + 1, 1_000_000 - REAL)
    large = measure()
    ratios = {name: round(large[name] / small[name], 2) for name in small}
    print(json.dumps({"1,000 requests (ms)": small, "1,000,000 requests (ms)": large, "ratio": ratios, "limit": 1.5}))
    return 1 if max(ratios.values()) > 1.5 else 0


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1].startswith("postgres"):
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
