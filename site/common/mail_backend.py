"""Writes outgoing mail to files, for development and to see what would be sent."""

import os
import re
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from common.types import Extra


class MailFolderBackend(BaseEmailBackend):
    """Writes each message atomically to a file named after its Message-ID, so that a retry does not add a second file."""

    def __init__(self, *args: Extra, **kwargs: Extra) -> None:
        super().__init__(*args, **kwargs)
        self.folder = Path(settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for email in email_messages:
            message = email.message()
            name = re.sub(r"[^A-Za-z0-9.-]", "", str(message["Message-ID"]).partition("@")[0])
            temporary = self.folder / f".{name}.{os.getpid()}"
            temporary.write_bytes(message.as_bytes())
            temporary.replace(self.folder / f"{name}.eml")
        return len(email_messages)
