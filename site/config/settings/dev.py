"""Development: one machine and one process. Never for real patients."""

from config.settings.base import *  # noqa: F403
from config.settings.consultations import CONSULTATION_KEY_FOLDER, SITE_ROLE
from config.settings.environment import VAR, env, refuse
from config.settings.logs import LOGGING
from config.settings.secrets import SECRET_KEY_NAME
from sealing.errors import SealingKeyError
from sealing.keys import refuse_private_keys

DEBUG = env.bool("DEBUG", default=False)
#: With DEBUG, a changed template must show at once.
PAGE_CACHE = env.bool("PAGE_CACHE", default=not DEBUG)
SECRET_KEY = env.str(SECRET_KEY_NAME, default=f"development-only-{'' if SITE_ROLE == 'all' else SITE_ROLE}" + "not-a-secret-" * 4)
if SITE_ROLE != "public":
    ACCESS_RECORD_KEY = env.str("ACCESS_RECORD_KEY", default=SECRET_KEY)
    APPROVAL_KEY = env.str("APPROVAL_KEY", default=SECRET_KEY)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

#: Changed static files show at once, without `collectstatic`.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
SERVE_MEDIA = True

CONSULTATION_PRIVATE_KEY_FILE = env.str(
    "CONSULTATION_PRIVATE_KEY_FILE", default="" if SITE_ROLE == "public" else str(VAR / "keys" / "private.key")
)
if SITE_ROLE == "public":
    try:
        refuse_private_keys(CONSULTATION_PRIVATE_KEY_FILE, CONSULTATION_KEY_FOLDER)
    except SealingKeyError as problem:
        refuse(f"{problem}.")

LOGGING["root"]["level"] = env.str("LOG_LEVEL", default="WARNING").upper()
#: In development, all requests come from the same address.
CONSULTATION_POSTS_PER_HOUR = env.int("CONSULTATION_POSTS_PER_HOUR", default=50_000)
#: Allows passkeys on http://localhost. Browsers allow none on 127.0.0.1.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
