"""The secrets of each side. A process that can see a secret of the other side refuses to start.

A public process signs with `PUBLIC_SECRET_KEY`, a staff process with `STAFF_SECRET_KEY`, and one process for both with `SECRET_KEY`.
The access record and approvals have keys of their own, which only the staff side holds.
"""

import os

from config.settings.consultations import SITE_ROLE
from config.settings.environment import env, refuse, required

SECRET_KEY_NAMES = {"all": "SECRET_KEY", "public": "PUBLIC_SECRET_KEY", "staff": "STAFF_SECRET_KEY"}
SECRET_KEY_NAME = SECRET_KEY_NAMES[SITE_ROLE]
#: With these, a process could act as staff: sign in, write the access record, approve, send mail, own the tables.
STAFF_SECRETS = (
    "SECRET_KEY", "STAFF_SECRET_KEY", "STAFF_SECRET_KEY_FALLBACKS", "ACCESS_RECORD_KEY", "ACCESS_RECORD_KEY_FALLBACKS", "APPROVAL_KEY",
    "APPROVAL_KEY_FALLBACKS", "EMAIL_URL", "CONSULTATION_PRIVATE_KEY_FILE", "STAFF_DATABASE_URL", "OWNER_DATABASE_URL",
)  # fmt: skip
#: With these, a staff process could be led to trust what a public process signed.
PUBLIC_SECRETS = ("SECRET_KEY", "PUBLIC_SECRET_KEY", "PUBLIC_SECRET_KEY_FALLBACKS")
FORBIDDEN = {"all": (), "public": STAFF_SECRETS, "staff": PUBLIC_SECRETS}
MIN_CHARACTERS = 50


def refuse_foreign_secrets() -> None:
    """Exit where the environment holds a secret that this process must not see."""
    for name in FORBIDDEN[SITE_ROLE]:
        if os.environ.get(name, "").strip():
            refuse(f"{name} is set, and a process with SITE_ROLE={SITE_ROLE} must not see it.")


def strong_secret(name: str, purpose: str) -> str:
    """A secret from the environment. Exits where it is missing or weak."""
    value = required(name, purpose)
    if len(value) < MIN_CHARACTERS or len(set(value)) < 5 or value.startswith(("development-only", "django-insecure")):
        refuse(f"{name} is too weak; use at least {MIN_CHARACTERS} random characters.")
    return value


def refuse_equal(names: tuple[str, ...]) -> None:
    """Exit where two of these environment variables have the same value, which would make one secret of two."""
    values = [value for name in names if (value := os.environ.get(name, "").strip())]
    if len(values) != len(set(values)):
        refuse(f"{', '.join(names)} must all be different.")


SECRET_KEY = env.str(SECRET_KEY_NAME, default="")
#: Earlier keys: sessions, receipt codes and second factors that they made stay valid.
SECRET_KEY_FALLBACKS = env.list(f"{SECRET_KEY_NAME}_FALLBACKS", default=[])
#: Keys of the access record and of approvals. Empty in a public process, which writes neither.
ACCESS_RECORD_KEY = "" if SITE_ROLE == "public" else env.str("ACCESS_RECORD_KEY", default=SECRET_KEY)
ACCESS_RECORD_KEY_FALLBACKS = env.list("ACCESS_RECORD_KEY_FALLBACKS", default=SECRET_KEY_FALLBACKS)
APPROVAL_KEY = "" if SITE_ROLE == "public" else env.str("APPROVAL_KEY", default=SECRET_KEY)
APPROVAL_KEY_FALLBACKS = env.list("APPROVAL_KEY_FALLBACKS", default=SECRET_KEY_FALLBACKS)
