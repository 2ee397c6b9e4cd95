"""Tests: fast, offline, and on the database that `TEST_DATABASE_URL` chooses."""

import tempfile
from pathlib import Path

from config.settings.base import *  # noqa: F403
from config.settings.database import database_from
from config.settings.environment import env

SECRET_KEY = "test-only-" + "x" * 50
ACCESS_RECORD_KEY = "test-only-record-" + "x" * 50
#: That of development, because the prepared clinic was approved with it.
APPROVAL_KEY = "development-only-" + "not-a-secret-" * 4
ALLOWED_HOSTS = ["localhost", "testserver", "127.0.0.1"]
DEBUG = False
BASE_URL = "http://testserver"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = []

SCRATCH = Path(tempfile.mkdtemp(prefix="alluraderm-tests-"))
MEDIA_ROOT = SCRATCH / "media"
SEALED_ROOT = SCRATCH / "sealed"
ACCESS_RECORD_NOTES = str(SCRATCH / "access-record-heads")
#: Tests of the page cache turn it on.
PAGE_CACHE = False
#: No caching between responses, because a test rolls back its changes without a signal. Tests of the cache turn it on.
SITE_VERSION_FILE = ""
SITE_VERSION_REDIS = ""
STORAGES = {
    "default": {"BACKEND": "common.storage.NoLinksStorage", "OPTIONS": {"location": str(MEDIA_ROOT)}},
    "sealed": {
        "BACKEND": "sealing.uploads.UploadStorage",
        "OPTIONS": {"incoming": str(SEALED_ROOT), "collected": str(SCRATCH / "collected")},
    },
    "private": {
        "BACKEND": "sealing.storage.SealedStorage",
        "OPTIONS": {"inner": {"BACKEND": "common.storage.NoLinksStorage", "OPTIONS": {"location": str(SCRATCH / "private")}}},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
SERVE_MEDIA = True

DATABASES = {"default": database_from(env.str("TEST_DATABASE_URL", default="sqlite://:memory:"))}
# A pool would keep connections open while the test database is dropped.
DATABASES["default"].get("OPTIONS", {}).pop("pool", None)
#: A Redis database of its own for each test process, where there is a Redis. Tests of the page cache turn sharing on.
PAGE_CACHE_REDIS = ""
TEST_REDIS_URL = env.str("TEST_REDIS_URL", default="")
if TEST_REDIS_URL:
    process = int(env.str("PYTEST_XDIST_WORKER", default="gw0").removeprefix("gw"))
    TEST_REDIS_URL = f"{TEST_REDIS_URL.rsplit('/', 1)[0]}/{8 + process % 8}"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CONSULTATION_POSTS_PER_HOUR = 0
