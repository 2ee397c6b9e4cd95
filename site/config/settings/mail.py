"""Outgoing mail."""

from config.settings.consultations import SITE_ROLE
from config.settings.environment import VAR, env

EMAIL_FILE_PATH = str(VAR / "mail")
vars().update(env.email_url("EMAIL_URL", default=f"filemail:///{EMAIL_FILE_PATH}"))
if vars()["EMAIL_BACKEND"] == "django.core.mail.backends.filebased.EmailBackend":
    EMAIL_BACKEND = "common.mail_backend.MailFolderBackend"
if SITE_ROLE == "public":
    # Only the worker sends mail, so a public process knows no mail server.
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
#: Timeout for the mail server, in seconds. A worker's claim of a message lasts three times as long.
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=10)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="AlluraDerm MD <website@alluraderm.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

#: Wagtail's background tasks are small, so they run immediately.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

#: The commands of the worker, each with its interval in seconds.
WORKER_COMMANDS = (
    ("send_outgoing_mail", 2),
    ("send_account_mail", 2),
    ("collect_uploads", 2),
    ("index_requests", 2),
    ("log_patients_actions", 2),
    ("generate_renditions", 2),
    ("publish_scheduled", 60),
    ("note_access_record", 60),
    ("unpublish_expired", 3600),
    ("send_due_mail", 6 * 3600),
    ("purge_requests", 24 * 3600),
    ("delete_old_searches", 24 * 3600),
    ("clearsessions", 24 * 3600),
)
