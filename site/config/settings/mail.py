"""Outgoing mail, and the queue that carries it."""

from config.settings.environment import VAR, env

EMAIL_FILE_PATH = str(VAR / "mail")
vars().update(env.email_url("EMAIL_URL", default=f"filemail:///{EMAIL_FILE_PATH}"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="AlluraDerm MD <website@alluraderm.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

#: Wagtail's own tasks run at once; mail goes through the database, in the same transaction as its cause.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "mail": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["mail"]},
}
