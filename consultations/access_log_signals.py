"""Signal receivers: what happens in other rooms and belongs in the access log. They do nothing in a process that cannot write it."""

from allauth.account.signals import user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_login_failed
from django.db.models.signals import pre_save
from django.dispatch import Signal, receiver
from wagtail.log_actions import get_active_log_context

from common.types import Extra, Staff
from consultations import access_log
from consultations.choices import Action
from consultations.models.policy import RequestPolicy
from images.models import PhotoConsent
from images.signals import signed_form_opened


@receiver(user_logged_in)
def log_sign_in(user: Staff, **kwargs: Extra) -> None:
    access_log.write(Action.SIGNED_IN, user)


@receiver([authenticator_added, authenticator_removed, authenticator_reset])
def log_factor(user: Staff, authenticator: Authenticator, signal: Signal, **kwargs: Extra) -> None:
    """Which kind of factor was set up, made anew or removed."""
    what = {authenticator_added: "added", authenticator_removed: "removed"}.get(signal, "made anew")
    access_log.write(Action.FACTOR, user, detail=f"{authenticator.type} {what}")


@receiver(authentication_failed)
def log_wrong_code(user: Staff, **kwargs: Extra) -> None:
    """After the right password, so it matters more than a failed sign-in."""
    access_log.write(Action.WRONG_CODE, user)


@receiver(user_login_failed)
def log_failed_sign_in(credentials: dict[str, Extra], **kwargs: Extra) -> None:
    """Only for names of accounts that exist: what else was typed as a name may be a password."""
    name = str(credentials.get("username") or "")
    if settings.ACCESS_RECORD_KEY and get_user_model().objects.filter(username=name).exists():
        access_log.write(Action.SIGN_IN_FAILED, access_log.SOMEBODY, detail=name)


@receiver(signed_form_opened)
def log_signed_form(consent: PhotoConsent, user: Staff, **kwargs: Extra) -> None:
    access_log.write(Action.SIGNED_FORM, user, detail=f"consent {consent.pk}")


@receiver(pre_save, sender=RequestPolicy)
def log_retention(instance: RequestPolicy, raw: bool = False, **kwargs: Extra) -> None:
    """Who changed for how long requests are kept, from what to what."""
    before = RequestPolicy.objects.filter(pk=instance.pk).first() if instance.pk and not raw else None
    if before is None or not settings.ACCESS_RECORD_KEY:
        return
    names = [field.name for field in RequestPolicy._meta.fields if not field.primary_key]
    changes = [
        f"{name}: {getattr(before, name)} → {getattr(instance, name)}" for name in names if getattr(before, name) != getattr(instance, name)
    ]
    if changes:
        access_log.write(Action.SETTINGS, get_active_log_context().user or access_log.SITE, detail=", ".join(changes))
