"""Functions of the database that act with its owner's rights, for the two things that the public role may not do or see by itself.

With the right to delete, a public process could lock whole tables; with the right to insert certificates it could claim that a request was
destroyed which is still there. So one function destroys a request and leaves the certificate, for whoever names the code.
"""

from database.published import SCHEMA

WITHDRAW = f"{SCHEMA}.withdraw_request"
NOTES_OF = f"{SCHEMA}.notes_of"
MAILS_OF = f"{SCHEMA}.mails_of"
IS_UNUSED = f"{SCHEMA}.is_unused"

_AS_OWNER = "SECURITY DEFINER SET search_path = public, pg_temp"
FUNCTIONS = {
    # Destroys the request with this hash of its receipt code. Returns the id of the certificate, or NULL where there is no such request.
    f"{WITHDRAW}(receipt text)": f"""RETURNS uuid LANGUAGE plpgsql {_AS_OWNER} AS $$
        DECLARE
            own consultations_consultationrequest%ROWTYPE;
            certificate uuid := gen_random_uuid();
        BEGIN
            SELECT * INTO own FROM consultations_consultationrequest WHERE receipt_hash = receipt FOR UPDATE;
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
    f"{NOTES_OF}(request uuid)": f"""RETURNS bigint LANGUAGE sql STABLE {_AS_OWNER} AS
        'SELECT count(*) FROM consultations_sealednote WHERE request_id = request'""",
    f"{MAILS_OF}(request uuid)": f"""RETURNS bigint LANGUAGE sql STABLE {_AS_OWNER} AS
        'SELECT count(*) FROM consultations_notice WHERE request_id = request'""",
    # Whether no request with this id was destroyed: an id is never used again, so that what is recorded of it stays true.
    f"{IS_UNUSED}(request uuid)": f"""RETURNS boolean LANGUAGE sql STABLE {_AS_OWNER} AS
        'SELECT NOT EXISTS (SELECT 1 FROM consultations_destruction WHERE request_id = request)'""",
}


def function_sql(public: str) -> list[str]:
    """The statements that make the functions anew, for the public role alone. Its name must be quoted already."""
    statements = []
    for signature, body in FUNCTIONS.items():
        statements += [
            f"CREATE OR REPLACE FUNCTION {signature} {body}",
            f"REVOKE ALL ON FUNCTION {signature.replace('receipt ', '').replace('request ', '')} FROM PUBLIC",
            f"GRANT EXECUTE ON FUNCTION {signature.replace('receipt ', '').replace('request ', '')} TO {public}",
        ]
    return statements
