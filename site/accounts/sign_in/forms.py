"""Forms of the sign-in: resets by the worker, and a limit on second-factor codes that all processes share."""

import datetime as dt

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django import forms
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from wagtail.admin.forms.auth import PasswordResetForm as WagtailPasswordResetForm

from accounts.account_mail import queue
from accounts.models import AccountMailKind, CodeAttempts
from accounts.signals import password_reset_requested
from common.clock import current_hour
from common.types import Extra, Staff

#: Wrong codes of one account within an hour. After that the owner gets a mail, and no code is taken until the hour is over.
MAX_WRONG_CODES = 10
#: A code is valid for its half minute and the ones before and after.
CODE_VALIDITY = dt.timedelta(minutes=2)


class PasswordResetForm(WagtailPasswordResetForm):
    """Queues a mail for each account with the address. The answer is the same, and as fast, where there is none."""

    def save(self, *args: Extra, **kwargs: Extra) -> None:
        for user in self.get_users(self.cleaned_data["email"]):
            queue(user, AccountMailKind.PASSWORD_RESET)
            password_reset_requested.send(sender=type(user), user=user)


def count_wrong_code(user: Staff) -> None:
    """Count a wrong code, and tell the owner at the last one that is taken."""
    hour = current_hour()
    CodeAttempts.objects.get_or_create(user_id=user.pk, defaults={"hour": hour})
    attempts = CodeAttempts.objects.filter(user_id=user.pk)
    # Counted by the database, so that two codes at the same moment count twice.
    if not attempts.filter(hour=hour).update(wrong=F("wrong") + 1):
        attempts.exclude(hour=hour).update(wrong=1, hour=hour)
    if attempts.get().wrong == MAX_WRONG_CODES:
        queue(user, AccountMailKind.CODES_TRIED)


def has_tried_too_often(user: Staff) -> bool:
    """Whether no code of this account is taken until the hour is over."""
    hour = current_hour()
    return CodeAttempts.objects.filter(user_id=user.pk, hour=hour, wrong__gte=MAX_WRONG_CODES).exists()


def take_once(user: Staff, code: str) -> bool:
    """Whether this code was not taken before while it is valid, in whichever process."""
    hour, now = current_hour(), timezone.now()
    taken = salted_hmac("accounts.codes", f"{user.pk} {code.replace(' ', '')}", algorithm="sha256").hexdigest()
    CodeAttempts.objects.get_or_create(user_id=user.pk, defaults={"hour": hour})
    unused = CodeAttempts.objects.filter(user_id=user.pk).exclude(taken=taken, taken_until__gt=now)
    return bool(unused.update(taken=taken, taken_until=now + CODE_VALIDITY))


class LimitedCodeMixin:
    """A form for a code. A mixin, listed before django-allauth's form."""

    user: Staff

    def clean_code(self) -> str:
        """Raises `ValidationError` for a wrong code, and for any code after too many wrong ones."""
        if has_tried_too_often(self.user):
            raise forms.ValidationError(_("Too many wrong codes within the hour. Try again later, or use a passkey."))
        try:
            code = str(super().clean_code())  # type: ignore[misc]
        except forms.ValidationError:
            count_wrong_code(self.user)
            raise
        if not take_once(self.user, code):
            raise forms.ValidationError(_("This code was used already. Wait for the next one."))
        return code


class LimitedAuthenticateForm(LimitedCodeMixin, AuthenticateForm):
    """At the sign-in."""


class LimitedReauthenticateForm(LimitedCodeMixin, ReauthenticateForm):
    """To prove again that it is oneself."""
