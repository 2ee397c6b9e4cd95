"""django-allauth's adapters for this clinic."""

import base64

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.http import HttpRequest

from common.client_address import client_address
from common.derived_keys import derived_key


class AccountAdapter(DefaultAccountAdapter):
    """Only an administrator creates accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request) or "unknown"


def fernet() -> MultiFernet:
    """Encrypts with a key derived from `SECRET_KEY`; decrypts with those of `SECRET_KEY_FALLBACKS` too."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(derived_key("second-factor", str(secret)))) for secret in secrets])


class SecondFactorAdapter(DefaultMFAAdapter):
    """Encrypts second-factor secrets, so that a copy of the database is not enough to sign in."""

    def encrypt(self, text: str) -> str:
        return fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Raises `ValueError` where the secret was altered, or after `SECRET_KEY` changed without a fallback."""
        try:
            return fernet().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as problem:
            raise ValueError("the secret of a second factor was altered, or SECRET_KEY was changed without a fallback") from problem

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Who asks for a passkey: the name that the device shows, and the host name that the passkey belongs to from then on."""
        return {**super().get_public_key_credential_rp_entity(), "name": settings.WAGTAIL_SITE_NAME}
