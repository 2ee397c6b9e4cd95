"""What somebody who has taken over the public process cannot do: every road that was tried on this site, and those beside it.

The attacker has the public side's user, environment, database role, Redis user and folders. Each test fails if one of them opens a
request, forges or hides an entry of the access record, forges an approval, becomes staff, or reaches a key.
"""

import pickle
import re
import secrets
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from redis import RedisError

from consultations.receipt_codes import stored_hash
from tests import prepared
from tests.addresses import EVERY, FEEDS, MACHINES
from tests.consultations.conftest import ANSWERS, picture
from tests.system.two_sides import NEEDED, PUBLIC_HOST, STAFF_HOST, TwoSides, two_sides

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.xdist_group("taken over"),
    pytest.mark.skipif(not prepared.postgresql(), reason="needs PostgreSQL, so TEST_DATABASE_URL"),
    pytest.mark.skipif(not all(map(shutil.which, NEEDED)), reason=f"needs {', '.join(NEEDED)}"),
]
WORD = "Capybaraword"
STAFF = """
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from consultations import access_log
from consultations.choices import Action
from consultations.models import ConsultationRequest
user = get_user_model().objects.create_user("desk", "desk@clinic.example", "a long test password")
user.groups.add(Group.objects.get(name="Front desk"))
from blog.models import ArticlePage
page = ArticlePage.objects.filter(live=True).first()
page.title = "A draft that nobody may read yet"
page.save_revision()
draft = ArticlePage(title="An article that is not out", slug="not-out", live=False, summary="Secret summary", lead="x")
page.get_parent().add_child(instance=draft)
"""


#: What the inbox does with all requests chosen.
MARK_ALL = """
from consultations import access_log
from consultations.actions.change import change_requests
from consultations.choices import Status
from consultations.models import ConsultationRequest
change_requests(list(ConsultationRequest.objects.all()), access_log.SITE, status=Status.CONTACTED)
"""


@pytest.fixture(scope="module")
def sides() -> Iterator[TwoSides]:
    with two_sides() as running:
        running.manage("staff", "shell", "-v0", "-c", STAFF)
        yield running


class Patient:
    """A browser without scripts, through nginx."""

    def __init__(self, sides: TwoSides) -> None:
        self.sides, self.jar = sides, sides.folder / f"jar-{time.monotonic_ns()}"

    def ask(self, path: str, *options: str) -> str:
        return self.sides.ask(PUBLIC_HOST, path, "-b", str(self.jar), "-c", str(self.jar), *options)

    def post(self, path: str, page: str, **fields: str) -> str:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token, page[:300]
        form = [
            part
            for name, value in {**fields, "csrfmiddlewaretoken": token[1]}.items()
            for part in ("-F" if value.startswith("@") else "--form-string", f"{name}={value}")
        ]
        return self.ask(path, "-e", f"https://{PUBLIC_HOST}/", *form)

    def send(self, word: str) -> str:
        """A request with a photo; returns the receipt code."""
        page = self.ask("/consultation/")
        hidden = {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("opened", "consent_version")}  # type: ignore[index]
        photo = self.sides.folder / "photo.jpg"
        photo.write_bytes(picture().read())
        fields = {name: value for name, value in ANSWERS.items() if isinstance(value, str)}
        fields |= {"message": f"{word} itches", "photos": f"@{photo};type=image/jpeg", **hidden}
        answer = self.post("/consultation/", page, **fields)
        assert " 302 " in answer.partition("\r\n")[0], re.sub("<[^>]+>", "", answer)
        code = re.search(r"[A-Z0-9]{4}(?:-[A-Z0-9]{4}){3}", self.ask("/consultation/sent/"))
        assert code
        return code[0]

    def enter(self, code: str) -> str:
        self.post("/consultation/receipt/", self.ask("/consultation/receipt/"), code=code)
        return self.ask("/consultation/receipt/")


@pytest.fixture(scope="module")
def code(sides: TwoSides) -> str:
    """The receipt code of a request that was sent before the attack began."""
    return Patient(sides).send(WORD)


@pytest.fixture
def attacker(sides: TwoSides, code: str) -> Iterator[psycopg.Connection]:
    with sides.connect(sides.roles["public"]) as connection:
        yield connection


def refused(connection: psycopg.Connection, statement: str, *parameters: Any) -> bool:
    try:
        connection.execute(statement, parameters)  # type: ignore[arg-type]
    except psycopg.Error as problem:
        assert isinstance(problem, psycopg.errors.InsufficientPrivilege | psycopg.errors.InvalidSchemaName), (statement, problem)
        return True
    return False


def from_public(sides: TwoSides, code: str) -> str:
    """What code in the public process prints, with all that this process has."""
    done = sides.run("public", "manage.py", "shell", "-v0", "-c", code)
    return done.stdout + done.stderr


def as_owner(sides: TwoSides, statement: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(sides.owner_url, autocommit=True) as connection:
        cursor = connection.execute(statement)  # type: ignore[arg-type]
        return cursor.fetchall() if cursor.description else []


# The journey itself.


def test_a_patient_and_the_front_desk_notice_nothing(sides: TwoSides) -> None:
    patient = Patient(sides)
    own = patient.enter(patient.send("Wombatword"))
    assert "answered yet" in own
    patient.post("/consultation/receipt/message/", own, text="One more word")
    sides.manage("staff", "log_patients_actions")
    patient.post("/consultation/receipt/withdraw/", patient.ask("/consultation/receipt/withdraw/"))
    assert re.search(r"D-[0-9A-F]{8}", patient.ask("/consultation/receipt/"))
    # The staff side writes to the record what the patient did.
    sides.manage("staff", "log_patients_actions")
    entries = as_owner(sides, "SELECT action FROM consultations_accessrecord WHERE actor = 'the patient' ORDER BY number")
    assert [action for (action,) in entries][-2:] == ["message", "destroyed"]
    assert "is whole" in sides.manage("staff", "verify_access_record")


def test_readers_get_every_page_from_what_the_public_role_may_read(sides: TwoSides) -> None:
    statuses = {path: sides.ask(PUBLIC_HOST, path).split(" ")[1] for path in (*EVERY, *FEEDS, *MACHINES, "/search/?q=icepik")}
    assert set(statuses.values()) == {"200"}, statuses
    assert "Ice-pick scars" in sides.ask(PUBLIC_HOST, "/search/?q=icepik")
    assert " 404 " in sides.ask(PUBLIC_HOST, "/no-such-page/").partition("\r\n")[0]


OPEN_ALL = """
from consultations.models import ConsultationRequest
for consultation in ConsultationRequest.objects.all():
    try:
        print(consultation.answers())
    except Exception as problem:
        print(type(problem).__name__)
"""


def test_a_request_opens_on_the_staff_side(sides: TwoSides, code: str) -> None:
    assert WORD in sides.manage("staff", "shell", "-v0", "-c", OPEN_ALL)
    assert WORD not in from_public(sides, OPEN_ALL)


# What the database gives.


def test_the_roles_are_what_they_must_be(sides: TwoSides) -> None:
    assert "exactly their rights" in sides.as_owner("database_roles", "--check")
    sides.as_owner("database_roles")
    assert "exactly their rights" in sides.as_owner("database_roles", "--check")


def test_rights_too_many_are_named_and_taken_back(sides: TwoSides) -> None:
    public, staff = (f'"{sides.roles[side]}"' for side in ("public", "staff"))
    harms = {
        f"GRANT SELECT ON core_user TO {public}": "may SELECT core_user",
        f"GRANT {staff} TO {public}": "is a member of",
        "ALTER TABLE consultations_sealednote DISABLE ROW LEVEL SECURITY": "row-level security is off for consultations_sealednote",
        f"ALTER ROLE {public} BYPASSRLS": "may bypass row-level security",
        "ALTER TABLE consultations_accessrecord DISABLE TRIGGER USER": "of consultations_accessrecord is disabled",
        f"GRANT UPDATE ON consultations_accessrecord TO {staff}": "may UPDATE consultations_accessrecord",
        f"ALTER TABLE home_searchmiss OWNER TO {public}": "owns the table public.home_searchmiss",
        f"GRANT UPDATE ON consultations_consultationrequest TO {public}": "may UPDATE consultations_consultationrequest",
        f"GRANT UPDATE ON consultations_attemptcount TO {public}": "may UPDATE every column of consultations_attemptcount",
    }
    as_owner(sides, ";".join(harms))
    with pytest.raises(RuntimeError) as named:
        sides.as_owner("database_roles", "--check")
    assert [words for words in harms.values() if words not in str(named.value)] == []
    sides.as_owner("database_roles")
    assert "exactly their rights" in sides.as_owner("database_roles", "--check")


READABLE = {
    "consultations_consultationrequest", "consultations_sealedphoto", "consultations_sealednote", "consultations_notice",
    "consultations_destruction", "consultations_attemptcount", "home_searchmiss", "django_migrations",
}  # fmt: skip


def test_no_table_is_readable_but_what_patients_send_and_that_row_by_row(sides: TwoSides, attacker: psycopg.Connection) -> None:
    tables = {name for (name,) in as_owner(sides, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}
    assert len(tables) > 80
    for table in tables - READABLE:
        assert refused(attacker, f'SELECT 1 FROM public."{table}" LIMIT 1'), table
    for table in READABLE - {"consultations_attemptcount", "home_searchmiss", "django_migrations"}:
        assert attacker.execute(f'SELECT count(*) FROM public."{table}"').fetchone() == (0,), table  # type: ignore[arg-type]


def test_stored_requests_are_neither_read_changed_nor_deleted_without_the_code(sides: TwoSides, attacker: psycopg.Connection) -> None:
    stored = as_owner(sides, "SELECT count(*) FROM consultations_consultationrequest")
    assert attacker.execute("SELECT * FROM consultations_consultationrequest").rowcount == 0
    assert refused(attacker, "UPDATE consultations_consultationrequest SET status = 'closed'")
    assert refused(attacker, "SELECT * FROM consultations_consultationrequest FOR UPDATE")
    for value in ("", "%", "' OR '1'='1", "NULL"):
        attacker.execute("SELECT set_config('alluraderm.receipt', %s, false)", [value])
        assert attacker.execute("SELECT 1 FROM consultations_consultationrequest").rowcount == 0
    assert as_owner(sides, "SELECT count(*) FROM consultations_consultationrequest") == stored
    attacker.execute("SELECT set_config('alluraderm.receipt', 'guessed', false)")
    assert attacker.execute("SELECT published.withdraw_request()").fetchone() == (None,)
    assert attacker.execute("SELECT published.note_message(false), published.note_message(NULL)").fetchone() == (False, False)
    for table in READABLE:
        assert refused(attacker, f"DELETE FROM public.{table}")
    assert refused(attacker, "UPDATE consultations_consultationrequest SET sealed_answers = ''")
    assert refused(attacker, "UPDATE consultations_consultationrequest SET receipt_hash = 'x'")


def test_what_the_planner_tells_of_stored_requests_opens_none(sides: TwoSides, attacker: psycopg.Connection) -> None:
    """Estimates show where the values of an index end, whatever policies hide. So stored hashes count as known, and must be of no use."""
    stored = as_owner(
        sides, "SELECT receipt_hash, fingerprint FROM consultations_consultationrequest WHERE fingerprint IS NOT NULL LIMIT 1"
    )[0]
    for setting, value in zip(("receipt", "fingerprint"), stored, strict=True):
        attacker.execute("SELECT set_config(%s, %s, false)", [f"alluraderm.{setting}", value])
        assert attacker.execute("SELECT 1 FROM consultations_consultationrequest").rowcount == 0, setting
    assert attacker.execute("SELECT published.withdraw_request(), published.note_message(false)").fetchone() == (None, False)


def test_nothing_is_written_but_what_patients_send(sides: TwoSides, attacker: psycopg.Connection) -> None:
    tables = [name for (name,) in as_owner(sides, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    for table in set(tables) - READABLE | {"django_migrations"}:
        assert refused(attacker, f'DELETE FROM public."{table}"'), table
        assert refused(attacker, f'INSERT INTO public."{table}" DEFAULT VALUES'), table
        assert refused(attacker, f'TRUNCATE public."{table}"'), table
    views = [name for (name,) in as_owner(sides, "SELECT viewname FROM pg_views WHERE schemaname = 'published'")]
    for view in views:
        for statement in ("DELETE FROM published.{}", "INSERT INTO published.{} DEFAULT VALUES"):
            assert refused(attacker, statement.format(f'"{view}"')), view
    assert refused(attacker, "UPDATE published.wagtailcore_page SET title = 'Defaced'")


@pytest.mark.parametrize("role", ["public", "staff"])
@pytest.mark.parametrize(
    "statement",
    ["ALTER TABLE public.consultations_accessrecord DISABLE TRIGGER USER", "TRUNCATE public.consultations_accessrecord", "DELETE FROM public.consultations_accessrecord",
     "UPDATE public.consultations_accessrecord SET actor = 'x'", "SET session_replication_role = replica", "SET ROLE {owner}", "SET SESSION AUTHORIZATION {owner}",
     "CREATE TABLE public.x (a int)", "CREATE TEMP TABLE x (a int)", "CREATE FUNCTION public.x() RETURNS int LANGUAGE sql AS 'SELECT 1'",
     "CREATE SCHEMA x", "COPY (SELECT 1) TO PROGRAM 'true'", "SELECT pg_read_file('/etc/passwd')", "COPY published.blog_topic FROM '/etc/passwd'",
     "ALTER ROLE {own} SUPERUSER", "CREATE ROLE x", "ALTER TABLE public.consultations_consultationrequest NO FORCE ROW LEVEL SECURITY", "DROP TABLE public.core_approval",
     "DROP TRIGGER consultations_accessrecord_append_only ON public.consultations_accessrecord", "UPDATE public.core_approval SET content_hash = 'x'"],
)  # fmt: skip
def test_neither_role_gets_beyond_its_rights(sides: TwoSides, role: str, statement: str) -> None:
    owner = as_owner(sides, "SELECT quote_ident(current_user)")[0][0]
    with sides.connect(sides.roles[role]) as connection:
        assert refused(connection, statement.format(owner=owner, own=f'"{sides.roles[role]}"'))


def test_drafts_notes_and_names_of_staff_cannot_be_read(sides: TwoSides, attacker: psycopg.Connection) -> None:
    views = [name for (name,) in as_owner(sides, "SELECT viewname FROM pg_views WHERE schemaname = 'published'")]
    assert "core_user" not in views and "wagtailcore_revision" not in views and "consultations_sealedfile" not in views
    read = " ".join(str(attacker.execute(f'SELECT * FROM published."{view}"').fetchall()) for view in views)  # type: ignore[arg-type]
    assert "How acne scars form" in read
    for secret in ("A draft that nobody may read yet", "An article that is not out", "Secret summary", "not-out"):
        assert secret not in read, secret
    # An error message must not give a hidden row away either.
    with pytest.raises(psycopg.Error) as problem:
        attacker.execute("SELECT title::int FROM published.wagtailcore_page")
    assert "not out" not in str(problem.value)


# What it can forge.


def own_request(connection: psycopg.Connection, **changes: str) -> str:
    """Store a request of the attacker's own, with changes to its columns in SQL; returns its id. The connection names its receipt."""
    receipt = secrets.token_hex(32)
    letters = "".join(secrets.choice("ABCDEFGH") for _letter in range(8))
    values = {
        "id": "gen_random_uuid()", "reference": f"'{letters[:4]}-{letters[4:]}'", "received_at": "now()", "status": "'new'", "status_changed_at": "now()",
        "has_unread_message": "false", "suspicion": "''", "consent_id": "(SELECT min(id) FROM published.consultations_consentversion)",
        "receipt_hash": f"'{stored_hash(receipt)}'", "indexed_with": "''", "sealed_keys": "'{}'", "sealed_contact": "''", "sealed_answers": "''",
    } | changes  # fmt: skip
    connection.execute("SELECT set_config('alluraderm.receipt', %s, false)", [receipt])
    statement = f"INSERT INTO consultations_consultationrequest ({', '.join(values)}) VALUES ({', '.join(values.values())}) RETURNING id"
    row = connection.execute(statement).fetchone()  # type: ignore[arg-type]
    assert row
    return str(row[0])


def test_entries_of_the_record_are_not_forged_through_what_the_staff_side_reads(sides: TwoSides, attacker: psycopg.Connection) -> None:
    own = own_request(attacker)
    reference = as_owner(sides, f"SELECT reference FROM consultations_consultationrequest WHERE id = '{own}'")[0][0]
    certificate = (
        "INSERT INTO public.consultations_destruction (id, request_id, is_logged, reference, receipt_hash, reason, destroyed_at, photos, notes) "
        "VALUES (gen_random_uuid(), %s, false, %s, current_setting('alluraderm.receipt'), 'withdrawn', now(), 0, 0)"
    )
    assert refused(attacker, certificate, own, reference)
    note = "INSERT INTO consultations_sealednote (id, request_id, kind, written_at, is_logged, sealed_keys, sealed_text) VALUES (gen_random_uuid(), %s, "
    for rest in ("'call', now(), false, '{}', '')", "'patient', now(), true, '{}', '')", "'patient', '2000-01-01', false, '{}', '')"):
        assert refused(attacker, note + rest, own)
    for _time in range(50):
        attacker.execute(note + "'patient', now(), false, '{}', '')", [own])  # type: ignore[arg-type]
    assert refused(attacker, note + "'patient', now(), false, '{}', '')", own), "one request does not fill the record"
    # Withdrawn for good: neither the id nor the entry is taken back by a new request with the same id.
    attacker.execute("SELECT published.withdraw_request()")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        own_request(attacker, id=f"'{own}'")
    sides.manage("staff", "log_patients_actions")
    entries = as_owner(sides, f"SELECT action, actor FROM consultations_accessrecord WHERE request_id = '{own}' AND action = 'destroyed'")
    assert entries == [("destroyed", "the patient")]


HOSTILE = {
    "received_at": ("'infinity'", "'-infinity'", "'2001-01-01'"), "status_changed_at": ("'infinity'", "'2000-01-01'"), "status": ("'closed'", "'zzz'"),
    "sealed_keys": ("to_jsonb(repeat('[', 3000))", "'[]'", """'{"a": 1}'""", """'{"a": {"b": "c"}}'""", "jsonb_build_object('a', repeat('x', 30000))"),
    "sealed_contact": ("decode(repeat('00', 20000), 'hex')",), "sealed_answers": ("decode(repeat('00', 300000), 'hex')",),
    "reference": ("'../../..'", "E'A\\nB'"), "indexed_with": ("'x'",), "owner_id": ("1",), "suspicion": ("'<b>'",),
}  # fmt: skip


def test_no_value_that_would_stop_the_worker_is_stored(sides: TwoSides, attacker: psycopg.Connection) -> None:
    for column, values in HOSTILE.items():
        for value in values:
            with pytest.raises(psycopg.Error):
                own_request(attacker, **{column: value})
    own = own_request(attacker)
    mail = "INSERT INTO consultations_notice (id, request_id, kind, next_try_at, attempts) VALUES (gen_random_uuid(), %s, {}, {}, {})"
    for kind, moment, attempts in (("'staff'", "now()", "32767"), ("'staff'", "'-infinity'", "0"), ("'x'", "now()", "0")):
        assert refused(attacker, mail.format(kind, moment, attempts), own)
    photo = "INSERT INTO consultations_sealedphoto (request_id, position, file, width, height) VALUES (%s, 1, %s, 1, 1)"
    for name in ("../private/access-record-heads", "2026/11/" + "0" * 32 + "/" + "0" * 32 + ".sealed"):
        assert refused(attacker, photo, own, name)
    assert refused(attacker, "INSERT INTO consultations_attemptcount (key, points, hour) VALUES ('x', 1, '-infinity')")
    assert refused(attacker, "INSERT INTO home_searchmiss (digest, last_day, days, text) VALUES (repeat('a', 64), 'infinity', 1, '')")


#: A transaction that does nothing for ten seconds is ended; whoever holds it on purpose keeps it busy.
AWAKE = "SELECT 1"


def test_what_the_attacker_holds_locked_keeps_nobody_waiting(sides: TwoSides, attacker: psycopg.Connection) -> None:
    for table in READABLE:
        with attacker.transaction(force_rollback=True):
            assert refused(attacker, f"LOCK TABLE public.{table} IN ACCESS EXCLUSIVE MODE"), table
    own = own_request(attacker)
    attacker.execute(
        "INSERT INTO consultations_sealednote (id, request_id, kind, written_at, is_logged, sealed_keys, sealed_text) "
        "VALUES (gen_random_uuid(), %s, 'patient', now(), false, '{}', '')",
        [own],
    )
    attacker.execute(
        "INSERT INTO consultations_notice (id, request_id, kind, next_try_at, attempts) "
        "VALUES (gen_random_uuid(), %s, 'staff', now() - interval '9 minutes', 0)",
        [own],
    )
    receipt = attacker.execute("SELECT current_setting('alluraderm.receipt')").fetchone()
    assert receipt
    with sides.connect(sides.roles["public"]) as holder, holder.transaction():
        holder.execute("SELECT set_config('alluraderm.receipt', %s, true)", [receipt[0]])
        assert holder.execute("SELECT published.withdraw_request()").fetchone() != (None,)
        other = Patient(sides)
        other.enter(other.send("Numbatword"))
        other.post("/consultation/receipt/message/", other.ask("/consultation/receipt/"), text="Quollword")
        waiting = "SELECT count(*) FROM consultations_sealednote WHERE NOT is_logged AND request_id <> '{0}'"
        holder.execute(AWAKE)
        sides.manage("staff", "log_patients_actions")
        assert as_owner(sides, waiting.format(own)) == [(0,)]
        holder.execute(AWAKE)
        sides.manage("staff", "shell", "-v0", "-c", MARK_ALL)
        contacted = "SELECT count(*) FROM consultations_consultationrequest WHERE status <> 'contacted' AND id <> '{0}'"
        assert as_owner(sides, contacted.format(own)) == [(0,)]
        holder.execute(AWAKE)
        sides.manage("staff", "send_outgoing_mail")
        unsent = "SELECT count(*) FROM consultations_notice WHERE sent_at IS NULL AND attempts = 0 AND next_try_at < now() AND request_id <> '{0}'"
        assert as_owner(sides, unsent.format(own)) == [(0,)]
        holder.execute(AWAKE)
        deadline = time.monotonic() + 30
        while as_owner(sides, f"SELECT count(*) FROM consultations_consultationrequest WHERE indexed_with = '' AND id <> '{own}'") != [
            (0,)
        ]:
            assert time.monotonic() < deadline, "requests of others wait for the index"
            holder.execute(AWAKE)
            time.sleep(0.5)


def test_the_record_cannot_be_rewritten_or_cut_unseen_even_by_the_owner(sides: TwoSides, code: str) -> None:
    sides.manage(
        "staff",
        "shell",
        "-v0",
        "-c",
        "from consultations import access_log as l\nfrom consultations.choices import Action\nfor _ in range(3): l.write(Action.OPENED, l.SITE)",
    )
    sides.manage("staff", "note_access_record")
    assert "is whole" in sides.manage("staff", "verify_access_record")
    backup = "CREATE TABLE saved_record AS TABLE consultations_accessrecord; CREATE TABLE saved_head AS TABLE consultations_recordhead;"
    restore = (
        "ALTER TABLE consultations_accessrecord DISABLE TRIGGER USER; DELETE FROM consultations_accessrecord; DELETE FROM consultations_recordhead;"
        "INSERT INTO consultations_accessrecord TABLE saved_record; INSERT INTO consultations_recordhead TABLE saved_head;"
        "ALTER TABLE consultations_accessrecord ENABLE TRIGGER USER"
    )
    as_owner(sides, backup)
    rehash = (
        "import sys; from django.conf import settings; settings.ACCESS_RECORD_KEY = 'pU1-abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789'\n"
        "from consultations import access_log as l\nfrom consultations.models import AccessLogEntry as E, AccessLogHead as H\n"
        "last = E.objects.order_by('-number').first(); H.objects.update(number=last.number, chain_hash=last.chain_hash, "
        "seal=l.keyed_hash(settings.ACCESS_RECORD_KEY, 'head', last.number, last.chain_hash))"
    )
    for harm in (
        "DELETE FROM consultations_accessrecord WHERE number > 1",
        "UPDATE consultations_accessrecord SET actor = 'somebody' WHERE number = 1",
    ):
        as_owner(sides, f"ALTER TABLE consultations_accessrecord DISABLE TRIGGER USER; {harm}")
        # With the public side's secret, an attacker cannot seal what is left.
        sides.as_owner("shell", "-v0", "-c", rehash)
        with pytest.raises(RuntimeError, match="tampered"):
            sides.manage("staff", "verify_access_record")
        as_owner(sides, restore)
    assert "is whole" in sides.manage("staff", "verify_access_record")


def test_a_session_that_the_public_side_signs_opens_nothing_at_the_staff_side(sides: TwoSides, attacker: psycopg.Connection) -> None:
    forge = (
        "from django.core import signing\nfrom django.contrib.sessions.backends.signed_cookies import SessionStore\n"
        "s = SessionStore(); s['_auth_user_id'] = '1'; s['_auth_user_backend'] = 'django.contrib.auth.backends.ModelBackend'\n"
        "s['account_authentication_methods'] = [{'method': 'mfa'}]; print(s._get_session_key())"
    )
    cookie = from_public(sides, forge).strip().splitlines()[-1]
    for name in ("__Host-session", "sessionid"):
        assert " 302 " in sides.ask(STAFF_HOST, "/admin/", "-b", f"{name}={cookie}").partition("\r\n")[0]
        assert " 200 " in sides.ask(PUBLIC_HOST, "/privacy/", "-b", f"{name}={cookie}").partition("\r\n")[0]
    assert refused(attacker, "INSERT INTO public.django_session VALUES ('x', 'x', now() + interval '1 day')")
    assert refused(attacker, "INSERT INTO public.core_user (username, password, is_superuser) VALUES ('x', 'x', true)")
    assert refused(attacker, "SELECT data FROM public.mfa_authenticator")


def test_an_approval_by_sql_lets_nothing_go_live(sides: TwoSides, attacker: psycopg.Connection) -> None:
    assert refused(attacker, "INSERT INTO public.core_approval (page_id, content_hash, kind) VALUES (1, 'x', 'review')")
    # With the staff role's rights, but without the key.
    with sides.connect(sides.roles["staff"]) as staff:
        staff.execute(
            "INSERT INTO core_approval (page_id, content_hash, kind, reviewer_name, approved_at, comment, override_reason, overridden, seal) "
            "SELECT p.id, a.content_hash, 'review', 'Dr. Nobody', now(), '', '', '[]', a.seal FROM wagtailcore_page p "
            "JOIN blog_articlepage b ON b.page_ptr_id = p.id JOIN core_approval a ON a.id = b.approval_id LIMIT 1"
        )
        staff.execute(
            "UPDATE blog_articlepage SET approval_id = (SELECT max(id) FROM core_approval) WHERE page_ptr_id = (SELECT page_id FROM core_approval ORDER BY id DESC LIMIT 1)"
        )
    with pytest.raises(RuntimeError, match="Live without an approval"):
        sides.manage("staff", "verify_approvals")
    as_owner(
        sides,
        "UPDATE blog_articlepage b SET approval_id = (SELECT min(a.id) FROM core_approval a WHERE a.page_id = b.page_ptr_id) WHERE approval_id = (SELECT max(id) FROM core_approval)",
    )
    as_owner(sides, "DELETE FROM core_approval WHERE reviewer_name = 'Dr. Nobody'")


# What else the two sides could share.


def test_redis_hands_no_code_to_anybody(sides: TwoSides) -> None:
    class Code:
        def __reduce__(self) -> tuple[Any, ...]:
            return (Path.touch, (sides.folder / "executed",))

    page = sides.ask(PUBLIC_HOST, "/privacy/").partition("\r\n\r\n")[2]
    public = sides.redis("public")
    for name in ("alluraderm:site-version", ":1:wagtail_site_root_paths", "alluraderm:staff"):
        with pytest.raises(RedisError):
            public.set(name, pickle.dumps(Code()))
    with pytest.raises(RedisError):
        public.keys("*")
    # What it may write, its own page entries, holds no code, and other public processes take only what was signed.
    public.set("alluraderm:page:" + "0" * 64, pickle.dumps(Code()))
    assert sides.ask(PUBLIC_HOST, "/privacy/?again").partition("\r\n\r\n")[2] == page
    sides.ask(STAFF_HOST, "/admin/login/")
    assert not (sides.folder / "executed").exists()
    with pytest.raises(RedisError):
        sides.redis("staff").get("alluraderm:page:" + "0" * 64)


def test_the_public_process_knows_no_secret_of_the_staff(sides: TwoSides, code: str) -> None:
    environment = sides.environments["public"]
    secrets = {value for name, value in sides.environments["staff"].items() if name.endswith(("_KEY", "_FALLBACKS")) or name == "REDIS_URL"}
    assert not secrets & set(environment.values())
    seen = from_public(sides, "from django.conf import settings; print({n: getattr(settings, n) for n in dir(settings) if n.isupper()})")
    assert not [secret for secret in secrets if secret in seen]
    assert "private keys: {}" in from_public(sides, "from sealing.keys import private_keys; print('private keys:', private_keys())")
    for name in ("STAFF_SECRET_KEY", "ACCESS_RECORD_KEY", "APPROVAL_KEY", "CONSULTATION_PRIVATE_KEY_FILE", "EMAIL_URL"):
        done = sides.run("public", "manage.py", "check", changes={name: sides.environments["staff"][name]})
        assert done.returncode == 1 and name in done.stderr


def test_the_public_user_reaches_no_file_of_the_staff(sides: TwoSides, code: str) -> None:
    if not sides.is_separate:
        pytest.skip("this machine does not let the tests run as two users")
    staff, worker = (sides.processes[name].pid for name in ("staff", "worker"))
    var = sides.folder / "var"
    attempts = f"""
import os, pathlib
var = pathlib.Path({str(var)!r})
def attempt(what, act):
    try:
        act()
    except OSError:
        return
    print("REACHED", what)
attempt("key", lambda: (var / "home" / "private.key").read_bytes())
attempt("private", lambda: os.listdir(var / "private"))
attempt("originals", lambda: os.listdir(var / "media" / "original_images"))
for pid in ({staff}, {worker}):
    attempt("environment", lambda: pathlib.Path(f"/proc/{{pid}}/environ").read_bytes())
    attempt("memory", lambda: open(f"/proc/{{pid}}/mem", "rb"))
    attempt("signal", lambda: os.kill(pid, 0))
for folder in ("media", "media/images", "media/documents", "shared", "private"):
    attempt("write " + folder, lambda: (var / folder / "planted").write_text("x"))
    attempt("link " + folder, lambda: os.symlink(var / "home" / "private.key", var / folder / "planted"))
attempt("version", lambda: (var / "shared" / "site-version").write_text("x"))
print("done")
"""
    assert sides.run("public", "-c", attempts).stdout.strip() == "done"


def test_uploads_leave_the_folder_of_the_public_side_and_a_link_there_leads_nowhere(sides: TwoSides, code: str) -> None:
    sides.manage("staff", "collect_uploads")
    names = [name for (name,) in as_owner(sides, "SELECT file FROM consultations_sealedphoto")]
    sealed = sides.folder / "var" / "sealed"
    assert names and not [name for name in names if (sealed / name).exists()]
    plant = f"""
import os, pathlib
for name in {names!r}:
    file = pathlib.Path({str(sealed)!r}) / name
    file.parent.mkdir(parents=True, exist_ok=True)
    os.symlink({str(sides.key_file)!r}, file)
"""
    assert sides.run("public", "-c", plant).returncode == 0
    read = """
from consultations.models import SealedPhoto
for photo in SealedPhoto.objects.all():
    print(photo.open_image(photo.request.content_key())[:2])
    try:
        print(photo.file.storage.incoming.open(photo.file.name).read())
    except Exception as problem:
        print(type(problem).__name__)
"""
    printed = sides.manage("staff", "shell", "-v0", "-c", read)
    assert printed.count("SuspiciousFileOperation") == printed.count(r"b'\xff\xd8'") == len(names)
    assert sides.key_file.read_text().strip() not in printed
    if sides.is_separate:
        attempt = f"import os; os.listdir({str(sides.folder / 'var' / 'private')!r})"
        assert "PermissionError" in sides.run("public", "-c", attempt).stderr


def test_the_two_names_share_nothing(sides: TwoSides) -> None:
    for path in ("/admin/", "/admin/login/", "/admin/account/second-factor/", "/media/original_images/x.jpg", "/media/documents/x.pdf"):
        assert " 404 " in sides.ask(PUBLIC_HOST, path).partition("\r\n")[0], path
    login = sides.ask(STAFF_HOST, "/admin/login/")
    assert " 200 " in login.partition("\r\n")[0] and PUBLIC_HOST not in re.sub(r"<a [^>]*>", "", login)
    cookies = re.findall(r"(?i)set-cookie: ([^\r]+)", login)
    assert cookies and all(cookie.startswith("__Host-") and "domain" not in cookie.lower() for cookie in cookies)
    script = re.search(r'src="(/static/[^"]+\.js[^"]*)"', login)
    assert script and " 200 " in sides.ask(STAFF_HOST, script[1]).partition("\r\n")[0]
    assert " 404 " in sides.ask(STAFF_HOST, "/consultation/").partition("\r\n")[0]
    assert sides.ask("other.example", "/") == ""


def test_the_public_sides_secret_opens_no_second_factor(sides: TwoSides, code: str) -> None:
    encrypt = "from allauth.mfa.adapter import get_adapter; print(get_adapter().encrypt('JBSWY3DPEHPK3PXP'))"
    token = sides.manage("staff", "shell", "-v0", "-c", encrypt).strip().splitlines()[-1]
    decrypt = (
        f"from allauth.mfa.adapter import get_adapter\ntry: print(get_adapter().decrypt({token!r}))\nexcept ValueError: print('refused')"
    )
    assert "refused" in from_public(sides, decrypt)


# Slow and hostile clients.


def slow_post(sides: TwoSides, source: str) -> ssl.SSLSocket:
    """A sender who begins a large form and then says little."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    raw = socket.create_connection(("127.0.0.1", sides.ports["nginx"]), timeout=10, source_address=(source, 0))
    sender = context.wrap_socket(raw, server_hostname=PUBLIC_HOST)
    head = f"POST /consultation/ HTTP/1.1\r\nHost: {PUBLIC_HOST}\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 900000\r\n\r\n--x"
    sender.sendall(head.encode())
    return sender


@pytest.mark.parametrize("number", [9, 90])
def test_slow_posts_keep_no_reader_waiting(sides: TwoSides, number: int) -> None:
    sides.ask(PUBLIC_HOST, "/")
    # Nine from one address, then more from others: one address alone is refused before that.
    senders = [slow_post(sides, f"127.0.{1 + index // 9}.1") for index in range(number)]
    try:
        times = []
        for path in ("/", "/treatments/", "/consultation/", "/search/?q=laser") * 3:
            command = ["curl", "-sk", "-o", "/dev/null", "-w", "%{http_code} %{time_starttransfer} %{time_appconnect}", "--max-time", "10"]
            command += [
                "--resolve",
                f"{PUBLIC_HOST}:{sides.ports['nginx']}:127.0.0.1",
                f"https://{PUBLIC_HOST}:{sides.ports['nginx']}{path}",
            ]
            status, total, connected = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
            assert status == "200"
            times.append(float(total) - float(connected))
        assert sorted(times)[len(times) // 2] < 0.1, times
        assert max(times) < 1, times
    finally:
        for sender in senders:
            sender.close()


def test_more_than_a_form_may_send_is_refused_in_the_sites_own_words(sides: TwoSides) -> None:
    body = sides.folder / "large"
    body.write_bytes(b"x" * 47 * 1024 * 1024)
    header = "Content-Type: multipart/form-data; boundary=x"
    for path in ("/consultation/", "/consultation/receipt/message/"):
        answer = sides.ask(PUBLIC_HOST, path, "-H", header, "-H", "Expect:", "--data-binary", f"@{body}")
        assert " 413 " in answer.partition("\r\n")[0], answer[:200]
        assert "too much to send at once" in answer and "AlluraDerm" in answer
    body.unlink()


def test_one_address_does_not_send_without_end(sides: TwoSides) -> None:
    statuses = [sides.ask(PUBLIC_HOST, "/search/", "-X", "POST", "--interface", "127.0.9.1").split(" ")[1] for _time in range(25)]
    assert "429" in statuses


def test_nothing_that_was_sent_lies_in_the_clear(sides: TwoSides, code: str) -> None:
    found = [
        str(path.relative_to(sides.folder))
        for path in sides.folder.rglob("*")
        if path.is_file() and "python" not in path.parts and WORD.encode() in path.read_bytes()
    ]
    assert not found
