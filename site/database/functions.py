"""Functions of the database that act with its owner's rights, for what the public role may not do or see by itself.

With the right to update, a public process could lock rows, and change the state of a request without an entry. With the right to delete
it could lock whole tables, and with the right to insert certificates claim that a request was destroyed which is still there. So functions
note a message, and destroy a request and leave the certificate, for whoever names the code.
"""

from database.published import SCHEMA
from database.receipt_scope import RECEIPT, named_hash_sql

WITHDRAW = f"{SCHEMA}.withdraw_request"
NOTE_MESSAGE = f"{SCHEMA}.note_message"
NOTES_OF = f"{SCHEMA}.notes_of"
MAILS_OF = f"{SCHEMA}.mails_of"
IS_UNUSED = f"{SCHEMA}.is_unused"

_NAMED = named_hash_sql(RECEIPT)
_OF_NAMED = f"request_id = request AND request IN (SELECT id FROM consultations_consultationrequest WHERE receipt_hash = {_NAMED})"
_AS_OWNER = "SECURITY DEFINER SET search_path = public, pg_temp"
FUNCTIONS = {
    # Destroys the request that the transaction names. Returns the id of the certificate, or NULL where there is no such request.
    f"{WITHDRAW}()": f"""RETURNS uuid LANGUAGE plpgsql {_AS_OWNER} AS $$
        DECLARE
            own consultations_consultationrequest%ROWTYPE;
            certificate uuid := gen_random_uuid();
        BEGIN
            SELECT * INTO own FROM consultations_consultationrequest WHERE receipt_hash = {_NAMED} FOR UPDATE;
            IF NOT FOUND THEN
                RETURN NULL;
            END IF;
            INSERT INTO consultations_destruction
                (id, request_id, is_logged, reference, receipt_hash, reason, destroyed_at, photos, notes)
            VALUES (certificate, own.id, false, own.reference, own.receipt_hash, 'withdrawn', now(),
                (SELECT count(*) FROM consultations_sealedphoto WHERE request_id = own.id),
                (SELECT count(*) FROM consultations_sealednote WHERE request_id = own.id));
            DELETE FROM consultations_searchtoken WHERE request_id = own.id;
            DELETE FROM consultations_notice WHERE request_id = own.id;
            DELETE FROM consultations_sealednote WHERE request_id = own.id;
            DELETE FROM consultations_sealedphoto WHERE request_id = own.id;
            DELETE FROM consultations_consultationrequest WHERE id = own.id;
            RETURN certificate;
        END $$""",
    # Says of the request that the transaction names that the patient wrote again, which opens a closed one. Whether there is one.
    f"{NOTE_MESSAGE}(urgent boolean)": f"""RETURNS boolean LANGUAGE plpgsql {_AS_OWNER} AS $$
        BEGIN
            UPDATE consultations_consultationrequest SET has_unread_message = true,
                may_be_urgent = may_be_urgent OR coalesce(urgent, false),
                status_changed_at = CASE WHEN status IN ('closed', 'spam') THEN now() ELSE status_changed_at END,
                status = CASE WHEN status IN ('closed', 'spam') THEN 'new' ELSE status END
            WHERE receipt_hash = {_NAMED};
            RETURN FOUND;
        END $$""",
    # How many notes and mails the request that the transaction names has.
    f"{NOTES_OF}(request uuid)": f"""RETURNS bigint LANGUAGE sql STABLE {_AS_OWNER} AS
        $$SELECT count(*) FROM consultations_sealednote WHERE {_OF_NAMED}$$""",
    f"{MAILS_OF}(request uuid)": f"""RETURNS bigint LANGUAGE sql STABLE {_AS_OWNER} AS
        $$SELECT count(*) FROM consultations_notice WHERE {_OF_NAMED}$$""",
    # Whether no request with this id was destroyed: an id is never used again, so that what is recorded of it stays true.
    f"{IS_UNUSED}(request uuid)": f"""RETURNS boolean LANGUAGE sql STABLE {_AS_OWNER} AS
        'SELECT NOT EXISTS (SELECT 1 FROM consultations_destruction WHERE request_id = request)'""",
}


def function_sql(public: str) -> list[str]:
    """The statements that make the functions anew, for the public role alone. Its name must be quoted already."""
    # A function with this name and another argument would stay beside the new one.
    statements = [f"DROP FUNCTION IF EXISTS {WITHDRAW}(text)"]
    for signature, body in FUNCTIONS.items():
        statements += [
            f"CREATE OR REPLACE FUNCTION {signature} {body}",
            f"REVOKE ALL ON FUNCTION {signature.replace('request ', '').replace('urgent ', '')} FROM PUBLIC",
            f"GRANT EXECUTE ON FUNCTION {signature.replace('request ', '').replace('urgent ', '')} TO {public}",
        ]
    return statements
