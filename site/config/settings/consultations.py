"""Consultation requests: the role of this process, and its keys."""

from config.settings.environment import VAR, env, refuse

SITE_ROLES = ("all", "public", "staff")
SITE_ROLE = env.str("SITE_ROLE", default="all")
if SITE_ROLE not in SITE_ROLES:
    refuse(f"SITE_ROLE is {SITE_ROLE!r}, and must be one of {', '.join(SITE_ROLES)}.")

#: Public keys (base64, comma separated) that every new request is sealed to.
CONSULTATION_PUBLIC_KEYS = env.list("CONSULTATION_PUBLIC_KEYS", default=[])
#: The file with the private keys. Only the staff process may read it.
CONSULTATION_PRIVATE_KEY_FILE = env.str("CONSULTATION_PRIVATE_KEY_FILE", default="")
#: Default folder of `consultation_key create`.
CONSULTATION_KEY_FOLDER = VAR / "keys"

#: Where the worker notes the ends of the access record, outside the database. Only the staff side may read and write it.
ACCESS_RECORD_NOTES = env.str("ACCESS_RECORD_NOTES", default=str(VAR / "access-record-heads"))

#: Throttle: posts of the form per network address and hour; 0 means no limit. A post that came too fast for a person counts as five.
CONSULTATION_POSTS_PER_HOUR = env.int("CONSULTATION_POSTS_PER_HOUR", default=40)
#: Number of reverse proxies in front of the site. Each appends its client's address to X-Forwarded-For.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
