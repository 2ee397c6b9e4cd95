"""Production: starts only where all required settings are present and safe."""

import sys
from urllib.parse import urlsplit

from config.settings.base import *  # noqa: F403
from config.settings.consultations import CONSULTATION_KEY_FOLDER, CONSULTATION_PRIVATE_KEY_FILE, CONSULTATION_PUBLIC_KEYS, SITE_ROLE
from config.settings.environment import env, refuse, required
from config.settings.secrets import SECRET_KEY_NAME, refuse_equal, refuse_foreign_secrets, strong_secret
from config.settings.storage import STATICFILES_STORAGE, STORAGES
from sealing.errors import SealingKeyError
from sealing.keys import check_keys, refuse_private_keys

DEBUG = False
refuse_foreign_secrets()
SECRET_KEY = strong_secret(SECRET_KEY_NAME, "a long random value that signs sessions")
if SITE_ROLE == "staff":
    strong_secret("ACCESS_RECORD_KEY", "a long random value that authenticates the access record")
    strong_secret("APPROVAL_KEY", "a long random value that authenticates approvals")
    refuse_equal(("STAFF_SECRET_KEY", "ACCESS_RECORD_KEY", "APPROVAL_KEY"))
ALLOWED_HOSTS = [host.strip() for host in required("ALLOWED_HOSTS", "the host names served, comma separated").split(",")]
if "*" in ALLOWED_HOSTS:
    refuse("ALLOWED_HOSTS must name the hosts, not *.")
if not required("BASE_URL", "the public address, such as https://www.example.com").startswith("https://"):
    refuse("BASE_URL must begin with https://.")
required("DATABASE_URL", "such as postgres://user:password@host/name")
if SITE_ROLE != "public":
    required("EMAIL_URL", "such as smtp+tls://user:password@host:587")
    required("DEFAULT_FROM_EMAIL", "the sender of every mail, such as Clinic <website@clinic.example>")
if SITE_ROLE != "staff":
    required("SECURITY_CONTACT", "the address for /.well-known/security.txt, such as security@clinic.example")
if SITE_ROLE == "staff":
    staff_host = urlsplit(required("STAFF_URL", "the address of the staff process, such as https://staff.example.com"))
    if staff_host.scheme != "https" or staff_host.hostname == urlsplit(env.str("BASE_URL")).hostname:
        refuse("STAFF_URL must begin with https:// and have a host name of its own, which BASE_URL does not have.")

# The command that creates the keys must run before any exist.
if sys.argv[1:2] != ["consultation_key"]:
    try:
        if SITE_ROLE == "public":
            refuse_private_keys(CONSULTATION_PRIVATE_KEY_FILE, CONSULTATION_KEY_FOLDER)
        check_keys(SITE_ROLE, CONSULTATION_PUBLIC_KEYS, CONSULTATION_PRIVATE_KEY_FILE)
    except SealingKeyError as problem:
        refuse(f"{problem}.")

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": STATICFILES_STORAGE}}
WHITENOISE_MAX_AGE = 3600

CSRF_TRUSTED_ORIGINS = [env.str("STAFF_URL" if SITE_ROLE == "staff" else "BASE_URL").rstrip("/")]
REQUIRE_MFA = env.bool("REQUIRE_MFA", default=True)
#: Production stands behind a proxy that ends TLS.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=1)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
