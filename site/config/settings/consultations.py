"""Consultation requests: which part of the site this process plays, and its keys."""

from config.settings.environment import VAR, env, refuse

SITE_ROLES = ("all", "public", "staff")
SITE_ROLE = env.str("SITE_ROLE", default="all")
if SITE_ROLE not in SITE_ROLES:
    refuse(f"SITE_ROLE is {SITE_ROLE!r}, and must be one of {', '.join(SITE_ROLES)}.")

#: Public keys (base64, comma separated) that every new request is sealed to.
CONSULTATION_PUBLIC_KEYS = env.list("CONSULTATION_PUBLIC_KEYS", default=[])
#: Files below hold the private keys; only the staff process may read them.
CONSULTATION_PRIVATE_KEY_FILE = env.str("CONSULTATION_PRIVATE_KEY_FILE", default="")
#: Where `consultation_key create` writes when it is told nothing else.
CONSULTATION_KEY_FOLDER = VAR / "keys"

#: Posts of the form that one address has in an hour; 0 means no limit. One that came too fast for a person counts five.
CONSULTATION_POSTS_PER_HOUR = env.int("CONSULTATION_POSTS_PER_HOUR", default=40)
#: How many proxies stand in front, each adding to X-Forwarded-For the address it was asked from.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
