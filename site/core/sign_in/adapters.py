"""What django-allauth has to know of this clinic."""

import base64
import hashlib
import os
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.http import HttpRequest

from core.client_address import client_address

NONCE_BYTES = 12


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the administrator and nobody else."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request) or "unknown"


def _cipher(secret: str) -> AESGCM:
    return AESGCM(hashlib.sha256(b"alluraderm/second-factor/" + secret.encode()).digest())


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors lie encrypted in the database: a copy of it lets nobody in."""

    def encrypt(self, text: str) -> str:
        nonce = os.urandom(NONCE_BYTES)
        return base64.b64encode(nonce + _cipher(settings.SECRET_KEY).encrypt(nonce, text.encode(), None)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        sealed = base64.b64decode(encrypted_text)
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
            try:
                return _cipher(str(secret)).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None).decode()
            except InvalidTag:
                continue
        raise ValueError("the secret of a second factor was altered, or SECRET_KEY was changed without a fallback")

    def _get_site_name(self) -> Any:
        return settings.WAGTAIL_SITE_NAME
