"""Mails about an account: queued in the request that causes them, limited, and sent by the worker.

So whoever asks for resets in a row neither floods a mailbox nor keeps a web process waiting, and learns nothing from how long it takes.
"""

import datetime as dt
import logging

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from accounts.models import AccountMail, AccountMailKind
from common.mail import templated_mail
from common.types import Staff

logger = logging.getLogger(__name__)

#: Mails of one kind to one account within an hour.
MAX_PER_HOUR = 3
HOUR = dt.timedelta(hours=1)
#: A mail that could not be sent for so long is given up: its link would be of no use.
GIVE_UP_AFTER = dt.timedelta(hours=6)
SENT_MAIL_AGE = dt.timedelta(days=30)


def queue(user: Staff, kind: AccountMailKind) -> bool:
    """Queue a mail. False where this account got as many as it may within the hour."""
    recent = AccountMail.objects.filter(user_id=user.pk, kind=kind, queued_at__gt=timezone.now() - HOUR)
    if recent.count() >= MAX_PER_HOUR:
        return False
    AccountMail.objects.create(user_id=user.pk, kind=kind)
    return True


def send_queued() -> int:
    """Send what waits, and return how many were sent. The link is made now, so that the queue holds no secret."""
    sent = 0
    now = timezone.now()
    AccountMail.objects.filter(queued_at__lt=now - SENT_MAIL_AGE).delete()
    for mail in AccountMail.objects.filter(sent_at=None, queued_at__gt=now - GIVE_UP_AFTER).select_related("user"):
        # Claimed first, so that no two workers send it. After a failure it is tried again at the next run.
        if not AccountMail.objects.filter(pk=mail.pk, sent_at=None).update(sent_at=now):
            continue
        try:
            compose(mail).send()
        except OSError:
            logger.warning("a mail about an account could not be sent; it is tried again")
            AccountMail.objects.filter(pk=mail.pk).update(sent_at=None)
            continue
        sent += 1
    return sent


def compose(mail: AccountMail) -> EmailMultiAlternatives:
    """The mail, with its link."""
    base, user = settings.WAGTAILADMIN_BASE_URL, mail.user
    if mail.kind == AccountMailKind.PASSWORD_RESET:
        arguments = {"uidb64": urlsafe_base64_encode(force_bytes(user.pk)), "token": default_token_generator.make_token(user)}
        url, subject = f"{base}{reverse('wagtailadmin_password_reset_confirm', kwargs=arguments)}", _("Set a new password")
    else:
        url, subject = f"{base}{reverse('account_sessions')}", _("Somebody tried your second factor")
    context = {"url": url, "username": user.get_username(), "is_reset": mail.kind == AccountMailKind.PASSWORD_RESET}
    return templated_mail(subject, "account", context, to=[user.email])
