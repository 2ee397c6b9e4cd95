"""The user model, and what is stored about an account."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A member of staff. Patients have no accounts."""

    class Meta(AbstractUser.Meta):
        app_label = "core"

    def __str__(self) -> str:
        return self.get_full_name() or self.get_username()


class AccountMailKind(models.TextChoices):
    """What a mail about an account is for."""

    PASSWORD_RESET = "reset", _("Set a new password")
    CODES_TRIED = "codes", _("Somebody tried the second factor")


class AccountMail(models.Model):
    """A mail to a member of staff about their account: the queue that the worker sends. It holds no address and no link."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=AccountMailKind.choices)
    queued_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "core"
        default_permissions = ()
        verbose_name = _("mail about an account")
        verbose_name_plural = _("mails about accounts")

    def __str__(self) -> str:
        return self.get_kind_display()


class CodeAttempts(models.Model):
    """Second-factor codes of one account: the wrong ones of an hour, and the last one taken. In the database, for all processes."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    hour = models.DateTimeField()
    wrong = models.PositiveSmallIntegerField(default=0)
    #: Keyed hash of the code that was taken last, and until when it must not be taken again.
    taken = models.CharField(max_length=64, blank=True)
    taken_until = models.DateTimeField(null=True)

    class Meta:
        app_label = "core"
        default_permissions = ()
        verbose_name = _("wrong codes")

    def __str__(self) -> str:
        return str(self.wrong)
