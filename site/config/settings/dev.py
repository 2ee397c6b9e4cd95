"""One machine, one process, one person trying things out. Never for real patients."""

from config.settings.base import *  # noqa: F403
from config.settings.environment import VAR, env
from config.settings.logs import LOGGING

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="development-only-" + "not-a-secret-" * 4)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

#: New styles and templates show at once, without collecting static files first.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
SERVE_MEDIA = True

CONSULTATION_PRIVATE_KEY_FILE = env.str("CONSULTATION_PRIVATE_KEY_FILE", default=str(VAR / "keys" / "private.key"))

LOGGING["root"]["level"] = env.str("LOG_LEVEL", default="WARNING").upper()
