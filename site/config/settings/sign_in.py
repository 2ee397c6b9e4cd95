"""How staff sign in."""

import datetime as dt

from config.settings.consultations import SITE_ROLE
from config.settings.environment import env

#: Whether the admin requires a second factor.
REQUIRE_MFA = env.bool("REQUIRE_MFA", default=False)

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
if SITE_ROLE == "public":
    # Nobody signs in there. A session, of a reader who gave a page's password, is in the reader's cookie and in no table of the staff.
    AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend"]
    SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
#: Maximum lifetime of a session in seconds, even in use. It ends after 15 minutes without activity.
SESSION_COOKIE_AGE = int(dt.timedelta(hours=12).total_seconds())

ACCOUNT_ADAPTER = "accounts.sign_in.adapters.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
MFA_ADAPTER = "accounts.sign_in.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "AlluraDerm MD"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "accounts.sign_in.forms.LimitedAuthenticateForm",
    "reauthenticate": "accounts.sign_in.forms.LimitedReauthenticateForm",
}
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "accounts.sign_in.forms.PasswordResetForm"  # noqa: S105
#: Seconds that the link of a reset works.
PASSWORD_RESET_TIMEOUT = 3600

#: After five wrong passwords for one user name from one address, sign-in is locked for 15 minutes.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = dt.timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "accounts.sign_in.throttle.client_network"
AXES_LOCKOUT_TEMPLATE = "admin/locked_out.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True
